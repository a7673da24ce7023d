package dev.videosession.protocol.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A message with a roster in encoded pieces that are shared with all other messages of the same session: holding one costs
 * references, not text. Immutable.
 */
public final class EncodedMessage {
    private static final byte[] COMMA = {','};

    private final List<byte[]> pieces;
    private final long length;

    private EncodedMessage(List<byte[]> pieces) {
        this.pieces = pieces;
        this.length = pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    /**
     * Wraps a message that is encoded already.
     *
     * @param utf8 one line of JSON, not to be changed any more
     * @return the message in one piece
     */
    public static EncodedMessage of(byte[] utf8) {
        return new EncodedMessage(List.of(utf8));
    }

    /** Puts prepared entries into the places that were left open in the text around them. */
    static EncodedMessage of(
            byte[] start, Collection<byte[]> connections, byte[] middle, Collection<byte[]> streams, byte[] end) {
        List<byte[]> pieces = new ArrayList<>(2 * (connections.size() + streams.size()) + 3);
        pieces.add(start);
        addArray(pieces, connections);
        pieces.add(middle);
        addArray(pieces, streams);
        pieces.add(end);
        return new EncodedMessage(pieces);
    }

    private static void addArray(List<byte[]> pieces, Collection<byte[]> entries) {
        boolean first = true;
        for (byte[] entry : entries) {
            if (!first) {
                pieces.add(COMMA);
            }
            first = false;
            pieces.add(entry);
        }
    }

    /**
     * Returns how long the message is.
     *
     * @return bytes of UTF-8
     */
    public long length() {
        return length;
    }

    /**
     * Returns the text in pieces.
     *
     * @return UTF-8 that must not be changed, in order
     */
    public List<byte[]> pieces() {
        return pieces;
    }

    /**
     * Returns the whole text.
     *
     * @return a copy
     */
    public byte[] toBytes() {
        byte[] all = new byte[Math.toIntExact(length)];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
