package dev.videosession.session;

import java.text.Bidi;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text that another participant wrote fit to be displayed: names, data of connections, signals, messages of moderators.
 *
 * <p>Removed are control characters, bidirectional controls, which could reorder the text around them, characters without a
 * glyph, and more than {@value #MOST_MARKS} combining marks on one character. Line breaks, tabs and runs of spaces become one
 * space. Zero-width joiners stay inside words and emoji, where scripts and emoji need them. Half of a surrogate pair becomes
 * U+FFFD. Text is cut between the characters that a reader sees (grapheme clusters), never inside an emoji or an accented
 * letter.
 *
 * <p>The result is plain text. It is not escaped for HTML: Swing components show HTML unless their client property
 * {@code html.disable} is true.
 */
public final class DisplayText {
    private static final int MOST_MARKS = 4;
    /** A cluster of more code points than this counts as several: emoji can be joined without end. */
    private static final int CLUSTER_CODE_POINTS = 12;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final String FIRST_STRONG_ISOLATE = "\u2068";
    private static final String POP_DIRECTIONAL_ISOLATE = "\u2069";
    private static final String LEFT_TO_RIGHT_MARK = "\u200E";
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private DisplayText() {}

    /**
     * Cleans and shortens a text.
     *
     * @param text text of another participant
     * @param mostCharacters the most characters, as a reader counts them, of the result
     * @return the text to display, with {@code …} at its end if it was cut; empty if nothing of it can be seen
     */
    public static String of(String text, int mostCharacters) {
        return shorten(clean(text), mostCharacters);
    }

    /**
     * Sets a text apart from the text around it, for a terminal, a log or a browser: however it is written, from right to left
     * or from left to right, it does not reorder its surroundings.
     *
     * @param text a text from {@link #of}
     * @return the text between U+2068 (first strong isolate) and U+2069 (pop directional isolate); the text itself if nothing
     *     in it is written from right to left
     */
    public static String isolate(String text) {
        return isOneWay(text) ? text : FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE;
    }

    /**
     * Does what {@link #isolate} does for a sentence in a Swing component. Fonts of Java 17 draw the isolate characters as
     * boxes; left-to-right marks are not drawn, and have the same effect in a sentence written from left to right.
     *
     * @param text a text from {@link #of}
     * @return the text between left-to-right marks; the text itself if nothing in it is written from right to left
     */
    public static String isolateInSwing(String text) {
        return isOneWay(text) ? text : LEFT_TO_RIGHT_MARK + text + LEFT_TO_RIGHT_MARK;
    }

    private static boolean isOneWay(String text) {
        return !Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    private static String clean(String text) {
        Cleaner cleaner = new Cleaner(text);
        return cleaner.clean();
    }

    private static String shorten(String text, int most) {
        Matcher clusters = CLUSTER.matcher(text);
        int count = 0;
        int cut = 0; // where the text ends if there is no room for all of it
        while (clusters.find()) {
            int codePoints = clusters.group().codePointCount(0, clusters.group().length());
            count += 1 + (codePoints - 1) / CLUSTER_CODE_POINTS;
            if (count > most) {
                return text.substring(0, cut).stripTrailing() + "…";
            }
            if (count < most) {
                cut = clusters.end();
            }
        }
        return text;
    }

    /** Goes over one text once. */
    private static final class Cleaner {
        private final String text;
        private final StringBuilder clean;
        private int last = ' ';
        private int marks;

        Cleaner(String text) {
            this.text = text;
            this.clean = new StringBuilder(text.length());
        }

        String clean() {
            for (int at = 0; at < text.length(); ) {
                int character = text.codePointAt(at);
                at += Character.charCount(character);
                take(character, at < text.length() ? text.codePointAt(at) : ' ');
            }
            return clean.toString().stripTrailing();
        }

        private void take(int character, int next) {
            if (isSpace(character)) {
                if (last != ' ') {
                    append(' ');
                }
            } else if (character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER) {
                if (joins(last) && joins(next)) {
                    append(character);
                }
            } else if (isMark(character)) {
                takeMark(character);
            } else if (isTag(character)) {
                if (last == BLACK_FLAG || isTag(last)) {
                    append(character);
                }
            } else if (Character.getType(character) == Character.SURROGATE) {
                append(0xFFFD);
            } else if (!isInvisible(character)) {
                append(character);
            }
        }

        private void takeMark(int mark) {
            if (last == ' ' || marks == MOST_MARKS) {
                return;
            }
            int before = marks;
            append(mark);
            marks = before + 1;
        }

        private void append(int character) {
            clean.appendCodePoint(character);
            last = character;
            marks = 0;
        }

        private static boolean isSpace(int character) {
            return Character.isWhitespace(character)
                    || Character.isSpaceChar(character)
                    || character == 0x85 // next line
                    || character == 0x2800 // the braille pattern without dots
                    || character == 0x115F // the Hangul fillers
                    || character == 0x1160
                    || character == 0x3164
                    || character == 0xFFA0;
        }

        private static boolean isMark(int character) {
            int type = Character.getType(character);
            return type == Character.NON_SPACING_MARK
                    || type == Character.ENCLOSING_MARK
                    || type == Character.COMBINING_SPACING_MARK;
        }

        /** Letters, their marks, and what emoji are made of. */
        private static boolean joins(int character) {
            int type = Character.getType(character);
            return Character.isLetter(character)
                    || isMark(character)
                    || type == Character.OTHER_SYMBOL
                    || type == Character.MODIFIER_SYMBOL;
        }

        private static boolean isTag(int character) {
            return character >= 0xE0020 && character <= 0xE007F;
        }

        /** Controls, format characters (the bidirectional ones among them) and what is no character. */
        private static boolean isInvisible(int character) {
            int type = Character.getType(character);
            boolean numberSign = (character >= 0x600 && character <= 0x605)
                    || character == 0x6DD
                    || character == 0x70F
                    || character == 0x8E2;
            return type == Character.CONTROL
                    || (type == Character.FORMAT && !numberSign)
                    || (character >= 0x2060 && character <= 0x206F)
                    || (character & 0xFFFE) == 0xFFFE
                    || (character >= 0xFDD0 && character <= 0xFDEF)
                    || (character >= 0xE0000 && character <= 0xE0FFF);
        }
    }
}
