package dev.videosession.protocol.grammar;

import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the small parts that lines are made of. Every method is linear in the length of its text. */
public final class Tokens {
    /** Longest {@code cname}, media stream id or media id. */
    public static final int FREE = 64;

    private static final int MID = 32;
    private static final int RID = 16;
    private static final int ICE = 256;
    private static final int FOUNDATION = 32;
    private static final int MIN_UFRAG = 4;
    private static final int MIN_PASSWORD = 22;

    private Tokens() {}

    /** Splits at single or repeated spaces; the result holds no empty word. */
    public static List<String> words(String text, int max, Rule rule) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(' ', start);
            if (end < 0) {
                end = text.length();
            }
            if (end > start) {
                if (words.size() == max) {
                    throw MalformedSdpException.of(rule, "more than " + max + " words", text);
                }
                words.add(text.substring(start, end));
            }
            start = end + 1;
        }
        return words;
    }

    /** Splits at every separator; empty parts are kept. */
    public static List<String> parts(String text, char separator, int max, Rule rule) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (true) {
            int end = text.indexOf(separator, start);
            if (parts.size() == max) {
                throw MalformedSdpException.of(rule, "more than " + max + " parts", text);
            }
            if (end < 0) {
                parts.add(text.substring(start));
                return parts;
            }
            parts.add(text.substring(start, end));
            start = end + 1;
        }
    }

    /** Reads decimal digits only: no sign, no spaces, at most 18 of them, within the range. */
    public static long number(String text, long min, long max, Rule rule, String what) {
        if (!text.isEmpty() && text.length() <= 18) {
            long value = 0;
            int at = 0;
            while (at < text.length() && isDigit(text.charAt(at))) {
                value = value * 10 + (text.charAt(at) - '0');
                at++;
            }
            if (at == text.length() && value >= min && value <= max) {
                return value;
            }
        }
        throw MalformedSdpException.of(rule, what + " must be a number from " + min + " to " + max, text);
    }

    /** Reads an unsigned number of up to 64 bits. */
    public static long unsigned(String text, Rule rule, String what) {
        if (consistsOf(text, 1, 20, Tokens::isDigit)) {
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                throw MalformedSdpException.of(rule, what + " has more than 64 bits", text);
            }
        }
        throw MalformedSdpException.of(rule, what + " must be a number", text);
    }

    public static int integer(String text, int min, int max, Rule rule, String what) {
        return (int) number(text, min, max, rule, what);
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    public static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }

    /** RFC 8839: letters, digits, plus and slash. */
    public static boolean isIceChar(char c) {
        return isLetterOrDigit(c) || c == '+' || c == '/';
    }

    public static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** What {@code cname} and media stream ids may hold. */
    public static boolean isFreeChar(char c) {
        return isIceChar(c)
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '='
                || c == '{'
                || c == '}'
                || c == '@'
                || c == ':';
    }

    private static boolean isMidChar(char c) {
        return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }

    public interface Alphabet {
        boolean contains(char c);
    }

    public static boolean consistsOf(String text, int min, int max, Alphabet alphabet) {
        if (text.length() < min || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!alphabet.contains(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    public static String free(String text, String what) {
        return require(text, 1, FREE, Tokens::isFreeChar, Rule.SOURCE, what);
    }

    public static String mid(String text) {
        return require(text, 1, MID, Tokens::isMidChar, Rule.STRUCTURE, "a media id");
    }

    public static String rid(String text) {
        return require(text, 1, RID, Tokens::isLetterOrDigit, Rule.SIMULCAST, "a restriction identifier");
    }

    public static String usernameFragment(String text) {
        return require(text, MIN_UFRAG, ICE, Tokens::isIceChar, Rule.TRANSPORT, "an ICE user name fragment");
    }

    /** Never shows the password. */
    public static String password(String text) {
        if (!consistsOf(text, MIN_PASSWORD, ICE, Tokens::isIceChar)) {
            throw new MalformedSdpException(
                    Rule.TRANSPORT,
                    "an ICE password must have " + MIN_PASSWORD + " to " + ICE + " letters, digits, + or /");
        }
        return text;
    }

    public static String foundation(String text) {
        return require(text, 1, FOUNDATION, Tokens::isIceChar, Rule.CANDIDATE, "a foundation");
    }

    private static String require(String text, int min, int max, Alphabet alphabet, Rule rule, String what) {
        if (!consistsOf(text, min, max, alphabet)) {
            throw MalformedSdpException.of(
                    rule, what + " must have " + min + " to " + max + " characters of its alphabet", text);
        }
        return text;
    }

    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    public static void require(boolean holds, Rule rule, String message) {
        if (!holds) {
            throw new MalformedSdpException(rule, message);
        }
    }
}
