package dev.videosession.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.source.Capture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomAudioTest {
    private final CustomAudio source = AudioSources.custom();

    @Test
    void whatCannotBeSentIsRefusedInTheCallThatPushesItEvenWhileNothingRuns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.push(new short[481], 2))
                .withMessage("A block must hold whole frames: 481 samples cannot be divided into 2 channels.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.push(new short[90], 9))
                .withMessageContaining("1 to 8 channels, not 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.push(new short[90], 0))
                .withMessageContaining("1 to 8 channels, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> source.push(new short[90], 4000, 1))
                .withMessageContaining("8000 to 192000 hertz, not 4000");
    }

    @Test
    void everyFrameOfABlockIsPassedOn() {
        List<Integer> frames = new ArrayList<>();
        try (Capture capture = source.start((samples, rate, channels, count) -> frames.add(count), () -> {})) {
            source.push(new short[0], 1);
            source.push(new short[7], 1);
            source.push(new short[240_000], 2);
            assertThat(capture).isNotNull();
        }
        assertThat(frames).containsExactly(0, 7, 120_000);
    }
}
