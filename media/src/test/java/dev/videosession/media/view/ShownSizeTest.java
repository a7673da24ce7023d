package dev.videosession.media.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Dimension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownSizeTest {
    @ParameterizedTest
    @CsvSource({
        "400, 400, 2, FIT, 1, 400, 200",
        "400, 100, 2, FIT, 1, 200, 100",
        "400, 400, 2, FILL, 1, 800, 400",
        "400, 100, 2, FILL, 1, 400, 200",
        "320, 160, 2, FIT, 2, 640, 320",
        "320, 240, 0, FIT, 1, 320, 240",
        "0, 0, 2, FIT, 1, 0, 0"
    })
    void isThatOfTheWholeVideoOnTheScreen(
            int width, int height, double shape, VideoView.Scaling scaling, double density, int shown, int high) {
        assertThat(ShownSize.size(new Dimension(width, height), shape, scaling, density))
                .isEqualTo(new Dimension(shown, high));
    }
}
