package dev.videosession.protocol.message;

import dev.videosession.protocol.text.Text;

/**
 * Identifies the media link between the publisher of a stream and one of its subscribers. Opaque: only equality means anything.
 *
 * @param value 1 to 64 printable ASCII characters without spaces
 */
public record LinkId(String value) {
    /** Longest accepted value, in characters. */
    public static final int MAX_LENGTH = 64;

    public LinkId {
        Text.requireToken("linkId", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
