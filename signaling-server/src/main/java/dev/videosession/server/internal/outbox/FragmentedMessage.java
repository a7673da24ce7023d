package dev.videosession.server.internal.outbox;

import dev.videosession.protocol.codec.EncodedMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** A long message on its way out, as the fragments of one WebSocket message that are made when there is room for them. */
final class FragmentedMessage {
    /** Bytes of one fragment. Messages up to this length go in one frame. */
    static final int FRAGMENT = 32 * 1024;

    private static final int FINAL = 0x80;
    private static final int TEXT = 0x01;

    private final List<byte[]> pieces;
    private long left;
    private int piece;
    private int offset;
    private boolean begun;

    FragmentedMessage(EncodedMessage message) {
        this.pieces = message.pieces();
        this.left = message.length();
    }

    boolean isDone() {
        return begun && left == 0;
    }

    /** The caller owns the one reference of the result. */
    ByteBuf next() {
        int length = (int) Math.min(FRAGMENT, left);
        left -= length;
        int head = (begun ? 0 : TEXT) | (left == 0 ? FINAL : 0);
        begun = true;
        ByteBuf frame = ByteBufAllocator.DEFAULT.ioBuffer(length + TextFrame.LONGEST_HEADER);
        TextFrame.writeHeader(frame, head, length);
        while (length > 0) {
            byte[] current = pieces.get(piece);
            int part = Math.min(length, current.length - offset);
            frame.writeBytes(current, offset, part);
            length -= part;
            offset += part;
            if (offset == current.length) {
                piece++;
                offset = 0;
            }
        }
        return frame;
    }
}
