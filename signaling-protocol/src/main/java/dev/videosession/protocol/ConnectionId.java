package dev.videosession.protocol;

import dev.videosession.protocol.text.Text;

/**
 * Identifies one client in a session. Opaque: only equality means anything.
 *
 * @param value 1 to 64 printable ASCII characters without spaces
 */
public record ConnectionId(String value) {
    /** Longest accepted value, in characters. */
    public static final int MAX_LENGTH = 64;

    public ConnectionId {
        Text.requireToken("connectionId", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
