package dev.videosession.protocol.sdp;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;

/** Walks over the lines of a description and checks their size and alphabet. */
final class SdpLines {
    private final String text;
    private int at;
    private int number;
    private char type;
    private String value = "";

    SdpLines(String text) {
        Tokens.require(
                text.length() <= Limits.SDP, Rule.SIZE, "a description is longer than " + Limits.SDP + " characters");
        this.text = text;
    }

    /** Moves to the next line; false at the end of the text. */
    boolean next() {
        if (at == text.length()) {
            return false;
        }
        number++;
        Tokens.require(
                number <= SessionDescription.MAX_LINES,
                Rule.SIZE,
                "a description has more than " + SessionDescription.MAX_LINES + " lines");
        int start = at;
        int end = start;
        while (end < text.length() && isPrintable(text.charAt(end))) {
            end++;
        }
        at = afterLineEnd(start, end);
        Tokens.require(
                end - start <= SessionDescription.MAX_LINE,
                Rule.SIZE,
                "a line is longer than " + SessionDescription.MAX_LINE + " characters");
        boolean typed = end - start >= 2 && text.charAt(start + 1) == '=' && Tokens.isLetter(text.charAt(start));
        if (!typed) {
            throw MalformedSdpException.of(
                    Rule.STRUCTURE, "a line must have a type and a value", text.substring(start, end));
        }
        type = text.charAt(start);
        value = text.substring(start + 2, end);
        return true;
    }

    private int afterLineEnd(int start, int end) {
        if (end == text.length()) {
            return end;
        }
        if (text.charAt(end) == '\n') {
            return end + 1;
        }
        if (text.charAt(end) == '\r' && end + 1 < text.length() && text.charAt(end + 1) == '\n') {
            return end + 2;
        }
        throw MalformedSdpException.of(
                Rule.CHARACTERS,
                "a line must be printable ASCII and end with CR LF or LF",
                text.substring(Math.max(start, end - 20), end + 1));
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c <= '~';
    }

    /** {@return the number of the current line, from 1} */
    int number() {
        return number;
    }

    char type() {
        return type;
    }

    String value() {
        return value;
    }

    /** {@return the name of the attribute of an {@code a=} line} */
    String attribute() {
        int colon = value.indexOf(':');
        return colon < 0 ? value : value.substring(0, colon);
    }

    /** {@return the value of the attribute, empty without one} */
    String attributeValue() {
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(colon + 1);
    }
}
