package dev.videosession.protocol;

import org.jspecify.annotations.Nullable;

/** The checks that every text on the wire goes through. */
final class Text {
    private Text() {}

    /** Identifiers: printable ASCII, no spaces, so that they can stand in a URL path or a log line as they are. */
    static void requireToken(String field, @Nullable String value, int maxLength) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(field + " is longer than " + maxLength + " characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException(field + " may hold printable ASCII characters only");
            }
        }
    }

    /** Free text that people wrote: bounded, otherwise anything. */
    static void requireBounded(String field, @Nullable String value, int maxLength) {
        if (value != null && value.length() > maxLength) {
            throw new IllegalArgumentException(field + " is longer than " + maxLength + " characters");
        }
    }

    static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static void requireRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be from " + min + " to " + max + ", was " + value);
        }
    }
}
