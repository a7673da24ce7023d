package dev.videosession.protocol;

import dev.videosession.protocol.text.Text;

/**
 * Identifies the session (room) that a token opens. Opaque: only equality means anything.
 *
 * @param value 1 to 255 printable ASCII characters without spaces
 */
public record SessionId(String value) {
    /** Longest accepted value, in characters. */
    public static final int MAX_LENGTH = 255;

    public SessionId {
        Text.requireToken("sessionId", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
