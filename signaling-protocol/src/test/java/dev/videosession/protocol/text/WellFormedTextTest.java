package dev.videosession.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\uD83D\uDE00", "a\uD83D\uDE00\uD83D\uDE00b", "\uFFFD"})
    void wholeCharactersAreWellFormed(String text) {
        assertThat(WellFormedText.isWellFormed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00", "\uD83Da"})
    void halvesAreNot(String text) {
        assertThat(WellFormedText.isWellFormed(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 2, ab",
        "a\uD83D\uDE00, 2, a",
        "a\uD83D\uDE00, 3, a\uD83D\uDE00",
        "a\uDE00b, 9, a\uFFFDb",
        "abc, 0, ''"
    })
    void textIsCutBetweenCharacters(String text, int length, String expected) {
        assertThat(WellFormedText.shorten(text, length)).isEqualTo(expected);
    }
}
