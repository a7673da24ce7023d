package dev.videosession.media.internal.rtc.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulcastSizesTest {
    @ParameterizedTest
    @CsvSource({
        "1280, 720, 3, 3",
        "720, 1280, 3, 3",
        "1280, 720, 2, 2",
        "1280, 720, 1, 1",
        "640, 360, 3, 2",
        "320, 180, 3, 1",
        "854, 480, 3, 2",
        "1366, 768, 3, 3",
        "641, 361, 3, 2",
        "1281, 721, 3, 3",
        "0, 0, 3, 1"
    })
    void largerVideoHasMoreEncodings(int width, int height, int most, int expected) {
        assertThat(SimulcastSizes.encodings(width, height, most)).isEqualTo(expected);
    }

    @Test
    void smallestEncodingComesFirst() {
        assertThat(SimulcastSizes.divisor(0, 3)).isEqualTo(4);
        assertThat(SimulcastSizes.divisor(1, 3)).isEqualTo(2);
        assertThat(SimulcastSizes.divisor(2, 3)).isEqualTo(1);
        assertThat(SimulcastSizes.divisor(0, 1)).isEqualTo(1);
    }
}
