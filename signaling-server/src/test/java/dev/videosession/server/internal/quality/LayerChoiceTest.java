package dev.videosession.server.internal.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.router.Layers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerChoiceTest {
    private static final Dimensions HD = new Dimensions(1280, 720);

    private static Layers of(@Nullable Dimensions preferred, @Nullable Integer rate, int encodings) {
        return LayerChoice.of(new Subscription(true, true, preferred, rate), HD, encodings);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 100, 3, 0",
        "320, 180, 3, 0",
        "321, 180, 3, 1",
        "320, 181, 3, 1",
        "640, 360, 3, 1",
        "641, 360, 3, 2",
        "1280, 720, 3, 2",
        "4000, 4000, 3, 2",
        "320, 180, 2, 0",
        "640, 360, 2, 0",
        "641, 360, 2, 1",
        "320, 180, 1, 2"
    })
    void smallestEncodingThatIsLargeEnough(int width, int height, int encodings, int layer) {
        assertThat(of(new Dimensions(width, height), null, encodings).spatial()).isEqualTo(layer);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "7, 0", "8, 1", "15, 1", "16, 2", "30, 2", "60, 2"})
    void lowestFrameRateThatIsHighEnough(int rate, int layer) {
        assertThat(of(null, rate, 3).temporal()).isEqualTo(layer);
    }

    @Test
    void everythingWithoutPreferences() {
        assertThat(of(null, null, 3)).isEqualTo(Layers.ALL);
        assertThat(LayerChoice.of(new Subscription(true, true, HD, null), null, 3))
                .isEqualTo(Layers.ALL);
        assertThat(LayerChoice.of(new Subscription(false, true, null, null), HD, 1))
                .isEqualTo(new Layers(false, true, 2, 2));
    }
}
