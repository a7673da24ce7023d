package dev.videosession.server.internal.logging;

import org.jspecify.annotations.Nullable;

/** Text of a client in a form for log lines: short, printable, and without quotes that would end it. */
public final class LoggedText {
    private static final int MAX_CHARACTERS = 64;
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    private LoggedText() {}

    /**
     * Makes text fit for a log line, between quotes.
     *
     * @param text any text, or null for none
     * @return at most 64 characters of printable ASCII without quotes and backslashes; other characters become {@code ?}
     */
    public static String of(@Nullable String text) {
        return of(text, MAX_CHARACTERS);
    }

    /**
     * Makes text fit for a log line, between quotes.
     *
     * @param text any text, or null for none
     * @param longest the largest number of characters
     * @return at most this number of characters of printable ASCII without quotes and backslashes; other characters become {@code ?}
     */
    public static String of(@Nullable String text, int longest) {
        if (text == null) {
            return "";
        }
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length() && i < longest; i++) {
            char c = text.charAt(i);
            boolean plain = c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE && c != '"' && c != '\\';
            printable.append(plain ? c : '?');
        }
        return printable.toString();
    }
}
