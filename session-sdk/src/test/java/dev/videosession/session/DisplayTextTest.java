package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {
    private static final int MOST = 40;
    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    private static final String WALES =
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73\uDB40\uDC7F";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada",
                "Ada Lovelace",
                "Zoë e\u0301",
                "\u05D0\u05D3\u05D4",
                "\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian needs the non-joiner
                "\u0915\u094D\u200D\u0937", // Hindi needs the joiner
                FAMILY,
                WALES,
                "\uD83D\uDC4D\uD83C\uDFFD",
                "\u2764\uFE0F",
                "\uD83C\uDDE9\uD83C\uDDEA",
                "\u05D1\u05B0\u05BC\u05E8\u05B5\u05D0\u05E9\u05B4\u05C1\u0596\u05D9\u05EA", // with all its points
                "a<b>&\"'",
                "日本語"
            })
    void whatPeopleWriteStays(String text) {
        assertThat(DisplayText.of(text, MOST)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'Ada\u202Egpj.exe', Adagpj.exe",
        "'\u2066\u2067\u2068\u2069\u202A\u202B\u202C\u202D\u200E\u200F\u061CAda', Ada",
        "'Ada\u001B[31m\u009B2JRed', Ada[31m2JRed",
        "'Ada\u0007\u007F\u0080', Ada",
        "'Ada\r\n\tremoved you', Ada removed you",
        "'A\u2028B\u2029C\u0085D', A B C D",
        "'  Ada \u00A0\u3000 Lovelace  ', Ada Lovelace",
        "'A\u200Bd\u2060a\uFEFF\u00AD', Ada",
        "'\u200DAda\u200D', Ada",
        "'Ada \u200D Bob', Ada Bob",
        "'1\u200D2', 12",
        "'Ada\uD83D', Ada\uFFFD",
        "'\uDE00Ada', \uFFFDAda",
        "'\u0301Ada', Ada",
        "'Ada\uDB40\uDC67', Ada",
        "'Ada\uFFFE\uFDD0', Ada"
    })
    void whatMisleadsIsRemoved(String text, String displayed) {
        assertThat(DisplayText.of(text, MOST)).isEqualTo(displayed);
    }

    static IntStream invisible() {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.getType(c) == Character.CONTROL
                        || (c >= 0x200B && c <= 0x200F)
                        || (c >= 0x202A && c <= 0x202E)
                        || (c >= 0x2060 && c <= 0x206F)
                        || c == 0x061C
                        || c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0
                        || c == 0x2800
                        || c == 0x00AD
                        || c == 0xFEFF);
    }

    @ParameterizedTest
    @MethodSource("invisible")
    void nameOfNothingVisibleIsEmpty(int character) {
        String text = Character.toString(character);
        assertThat(DisplayText.of(text.repeat(3), MOST)).isEmpty();
        assertThat(DisplayText.of(text + " " + text, MOST)).isEmpty();
    }

    @Test
    void textIsCutBetweenTheCharactersThatAReaderSees() {
        assertThat(DisplayText.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(DisplayText.of("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(DisplayText.of("ab cdef", 4)).isEqualTo("ab…");
        assertThat(DisplayText.of(FAMILY.repeat(5), 3)).isEqualTo(FAMILY.repeat(2) + "…");
        assertThat(DisplayText.of(FAMILY.repeat(3), 3)).isEqualTo(FAMILY.repeat(3));
        assertThat(DisplayText.of(WALES.repeat(4), 3)).isEqualTo(WALES.repeat(2) + "…");
        assertThat(DisplayText.of("e\u0301".repeat(9), 3)).isEqualTo("e\u0301e\u0301…");
        assertThat(DisplayText.of("abc", 1)).isEqualTo("…");
        assertThat(DisplayText.of("a", 1)).isEqualTo("a");
    }

    @Test
    void oneCharacterCannotBeAsLongAsAnyNumberOfCharacters() {
        assertThat(DisplayText.of("Z" + "\u0335".repeat(900), MOST)).isEqualTo("Z" + "\u0335".repeat(4));
        String joined = "\uD83D\uDC68" + "\u200D\uD83D\uDC68".repeat(400);
        assertThat(DisplayText.of(joined, MOST)).isEqualTo("…");
        assertThat(DisplayText.of("Ada " + joined, MOST)).isEqualTo("Ada…");
    }

    @Test
    void textIsCutInTimeThatGrowsWithItsLengthOnly() {
        assertThat(DisplayText.of("a\u0301\u202E ".repeat(250_000), MOST)).endsWith("…");
    }

    /** The number behind a name written from right to left stays behind it. */
    @Test
    void isolatedNameDoesNotReorderItsSurroundings() {
        String name = DisplayText.of("\u05D0\u05D1\u05D2", MOST);
        for (String isolated : new String[] {DisplayText.isolate(name), DisplayText.isolateInSwing(name)}) {
            String sentence = "Removed " + isolated + " 12 times";
            Bidi order = new Bidi(sentence, Bidi.DIRECTION_LEFT_TO_RIGHT);
            assertThat(order.getLevelAt(sentence.indexOf("12"))).isZero();
        }
        assertThat(DisplayText.isolate("Ada 1")).isEqualTo("Ada 1");
        assertThat(DisplayText.isolateInSwing("Ada 1")).isEqualTo("Ada 1");
        String bare = "Removed " + name + " 12 times";
        assertThat(new Bidi(bare, Bidi.DIRECTION_LEFT_TO_RIGHT).getLevelAt(bare.indexOf("12")))
                .isPositive();
    }
}
