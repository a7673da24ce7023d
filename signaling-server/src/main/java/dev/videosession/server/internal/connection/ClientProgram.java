package dev.videosession.server.internal.connection;

import org.jspecify.annotations.Nullable;

/**
 * Where a client is and what it is, for log lines.
 *
 * @param address its IP address
 * @param name what it says that it is, or null; any text
 */
public record ClientProgram(String address, @Nullable String name) {
    private static final int LOGGED_CHARACTERS = 64;
    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    /** {@return the address, {@code address=...}} */
    @Override
    public String toString() {
        return "address=" + address;
    }

    /** {@return the address and the name, {@code address=... client="..."}; no text of a client can look like a log line of its own} */
    public String details() {
        return name == null ? toString() : this + " client=\"" + printable(name) + '"';
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < text.length() && i < LOGGED_CHARACTERS; i++) {
            char c = text.charAt(i);
            boolean plain = c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE && c != '"' && c != '\\';
            printable.append(plain ? c : '?');
        }
        return printable.toString();
    }
}
