package dev.videosession.protocol.codec;

import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.StreamInfo;

/**
 * What connections and streams add to a roster, in bytes of the encoded message. Texts are counted as the codec writes them;
 * ids, numbers and names of fields at the most that they take. Pure.
 */
public final class RosterSize {
    private static final int CONNECTION = 110;
    private static final int STREAM = 200;

    private RosterSize() {}

    /**
     * Measures a connection.
     *
     * @param connection the connection
     * @return bytes, at least what the codec writes
     */
    public static int of(ConnectionInfo connection) {
        return CONNECTION + connection.connectionId().value().length() + text(connection.data());
    }

    /**
     * Measures a stream.
     *
     * @param stream the stream, whatever is changed of it later
     * @return bytes, at least what the codec writes
     */
    public static int of(StreamInfo stream) {
        return STREAM
                + stream.streamId().value().length()
                + stream.connectionId().value().length()
                + text(stream.name());
    }

    private static int text(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** A half of a surrogate pair is two of the four bytes of its character. */
    private static int bytes(char c) {
        if (c == '"' || c == '\\' || c == '\t' || c == '\b' || c == '\n' || c == '\r' || c == '\f') {
            return 2;
        } else if (c < ' ' || c == '\u2028' || c == '\u2029') {
            return 6;
        } else if (c < 0x80) {
            return 1;
        } else if (c < 0x800 || Character.isSurrogate(c)) {
            return 2;
        }
        return 3;
    }
}
