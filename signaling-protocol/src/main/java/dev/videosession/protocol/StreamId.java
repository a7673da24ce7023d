package dev.videosession.protocol;

import dev.videosession.protocol.text.Text;

/**
 * Identifies one published audio/video stream. Opaque: only equality means anything.
 *
 * @param value 1 to 64 printable ASCII characters without spaces
 */
public record StreamId(String value) {
    /** Longest accepted value, in characters. */
    public static final int MAX_LENGTH = 64;

    public StreamId {
        Text.requireToken("streamId", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
