package dev.videosession.protocol.text;

import org.jspecify.annotations.Nullable;

/**
 * Text that can be transported in UTF-8. A Java string may hold half of a surrogate pair, such as the first half of an emoji
 * that was cut at a fixed length; UTF-8 has no form for it.
 */
public final class WellFormedText {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormedText() {}

    /**
     * Tells whether every surrogate in a text has its other half.
     *
     * @param text any text
     * @return false if UTF-8 cannot carry the text
     */
    public static boolean isWellFormed(CharSequence text) {
        return firstLoneSurrogate(text) < 0;
    }

    /**
     * Refuses a text that UTF-8 cannot carry.
     *
     * @param field what the text is, for the error
     * @param text the text, or null
     * @throws IllegalArgumentException if half of a surrogate pair is in it
     */
    public static void require(String field, @Nullable String text) {
        int lone = text == null ? -1 : firstLoneSurrogate(text);
        if (lone >= 0) {
            throw new IllegalArgumentException(field + " is not valid Unicode: half of a surrogate pair at index "
                    + lone + ". Cut text between characters, not inside one.");
        }
    }

    /**
     * Makes a text fit for transport.
     *
     * @param text any text
     * @param maxLength the most {@code char}s of the result
     * @return the text, cut between characters, with U+FFFD in the place of each half of a surrogate pair
     */
    public static String shorten(String text, int maxLength) {
        int end = Math.min(text.length(), maxLength);
        if (end < text.length()
                && end > 0
                && Character.isHighSurrogate(text.charAt(end - 1))
                && Character.isLowSurrogate(text.charAt(end))) {
            end--;
        }
        StringBuilder result = new StringBuilder(text.substring(0, end));
        for (int lone = firstLoneSurrogate(result); lone >= 0; lone = firstLoneSurrogate(result)) {
            result.setCharAt(lone, REPLACEMENT);
        }
        return result.toString();
    }

    private static int firstLoneSurrogate(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
