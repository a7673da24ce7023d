package dev.videosession.protocol.text;

import org.jspecify.annotations.Nullable;

/** Checks texts and numbers from the wire and from applications. */
public final class Text {
    private Text() {}

    /** Requires an identifier: printable ASCII without spaces, so that it needs no escaping in a URL path or a log line. */
    public static void requireToken(String field, @Nullable String value, int maxLength) {
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

    /** Requires a text that a user wrote to be short enough and encodable as UTF-8. */
    public static void requireBounded(String field, @Nullable String value, int maxLength) {
        if (value != null && value.length() > maxLength) {
            throw new IllegalArgumentException(field + " is longer than " + maxLength + " characters");
        }
        WellFormedText.require(field, value);
    }

    /** Requires a text that UTF-8 can encode. */
    public static String requireText(String field, @Nullable String value) {
        String text = require(field, value);
        WellFormedText.require(field, text);
        return text;
    }

    /** Requires a copied value, such as a token, to contain no white space. */
    public static void requireNoWhiteSpace(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isWhitespace(value.charAt(i))) {
                throw new IllegalArgumentException(field + " holds white space at index " + i
                        + ". Pass it exactly as it was issued, without line breaks.");
            }
        }
    }

    public static <T> T require(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    public static void requireRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " must be from " + min + " to " + max + ", was " + value);
        }
    }

    public static void requireAtLeast(String field, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(field + " must be at least " + min + ", was " + value);
        }
    }
}
