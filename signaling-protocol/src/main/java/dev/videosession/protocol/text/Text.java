package dev.videosession.protocol.text;

import org.jspecify.annotations.Nullable;

/** Checks of texts and numbers: those on the wire, and those that an application sets. */
public final class Text {
    private Text() {}

    /** Identifiers: printable ASCII, no spaces, so that they can stand in a URL path or a log line as they are. */
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

    /** Free text that people wrote: bounded, and such that UTF-8 can carry it. */
    public static void requireBounded(String field, @Nullable String value, int maxLength) {
        if (value != null && value.length() > maxLength) {
            throw new IllegalArgumentException(field + " is longer than " + maxLength + " characters");
        }
        WellFormedText.require(field, value);
    }

    /** Any text that UTF-8 can carry. */
    public static String requireText(String field, @Nullable String value) {
        String text = require(field, value);
        WellFormedText.require(field, text);
        return text;
    }

    /** What is copied from elsewhere: white space got into it on the way. */
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
