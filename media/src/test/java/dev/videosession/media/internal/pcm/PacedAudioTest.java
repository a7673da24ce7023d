package dev.videosession.media.internal.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedAudioTest {
    private static final int RATE = PacedAudio.SAMPLE_RATE;
    private static final long MILLI = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final List<short[]> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    private PacedAudio paced() {
        return new PacedAudio(
                (samples, rate, channels, frames) -> {
                    assertThat(rate).isEqualTo(RATE);
                    assertThat(frames).isEqualTo(PacedAudio.FRAMES);
                    sent.add(samples);
                },
                failures::incrementAndGet,
                TimeSource.of(clock::get, TimeSource.system()));
    }

    /** Each sample is its number, so that lost, doubled and exchanged ones are seen. */
    private static short[] numbered(int from, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) (from + i);
        }
        return samples;
    }

    private List<Short> samples() {
        List<Short> all = new ArrayList<>();
        for (short[] block : sent) {
            for (short sample : block) {
                all.add(sample);
            }
        }
        return all;
    }

    @Test
    void blocksOfAnySizeInRealTimePassAtOnceAndWhole() {
        try (PacedAudio paced = paced()) {
            for (int i = 0; i < 20; i++) {
                paced.onSamples(numbered(i * 1024, 1024), RATE, 1, 1024);
                clock.addAndGet(1024L * 1_000_000_000 / RATE);
            }
            assertThat(sent).hasSize(20 * 1024 / 480);
            List<Short> all = samples();
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i)).isEqualTo((short) i);
            }
        }
    }

    @Test
    void sourceWhoseClockRunsFastGathersNoDelay() {
        try (PacedAudio paced = paced()) {
            for (int i = 0; i < 6000; i++) { // a minute, half a percent fast
                paced.onSamples(numbered(0, 480), RATE, 1, 480);
                clock.addAndGet(9_950_000);
            }
            assertThat(sent).hasSize(6000);
        }
    }

    @Test
    void longBlockIsSentAtTheRateAtWhichItPlays() {
        long begin = System.nanoTime();
        try (PacedAudio paced =
                new PacedAudio((samples, rate, channels, frames) -> sent.add(samples), failures::incrementAndGet)) {
            paced.onSamples(numbered(0, 24_000), RATE, 1, 24_000);
            assertThat(sent).hasSizeLessThan(20);

            await("half a second of audio").atMost(Duration.ofSeconds(10)).until(() -> sent.size() == 50);
            assertThat(System.nanoTime() - begin).isGreaterThan(400 * MILLI);
            assertThat(samples()).hasSize(24_000);
        }
        assertThat(failures).hasValue(0);
    }

    @Test
    void whatWaitsIsBoundedAndABlockThatDoesNotFitIsRefusedWhole() {
        try (PacedAudio paced = paced()) {
            int most = PacedAudio.MOST_SECONDS * RATE;
            paced.onSamples(new short[most - RATE], RATE, 1, most - RATE);
            int passed = sent.size();

            assertThatIllegalStateException()
                    .isThrownBy(() -> paced.onSamples(new short[2 * RATE], RATE, 1, 2 * RATE))
                    .withMessageContaining("At most 60 s of audio can wait")
                    .withMessageContaining("2.0 s were pushed");
            assertThat(sent).hasSize(passed);

            paced.onSamples(new short[RATE / 2], RATE, 1, RATE / 2);
        }
    }

    @Test
    void restOfASentenceIsNotHeardBeforeTheNextOne() {
        try (PacedAudio paced = paced()) {
            paced.onSamples(numbered(1, 500), RATE, 1, 500);
            clock.addAndGet(1000 * MILLI);
            paced.onSamples(numbered(1001, 480), RATE, 1, 480);

            assertThat(sent).hasSize(2);
            assertThat(sent.get(1)[0]).isEqualTo((short) 1001);
        }
    }

    @Test
    void formatMayChangeFromBlockToBlock() {
        try (PacedAudio paced = paced()) {
            paced.onSamples(new short[500], RATE, 1, 500);
            paced.onSamples(new short[2048], 44_100, 2, 1024);
            assertThat(sent).extracting(block -> block.length).containsExactly(480, 960, 960);
        }
    }

    @Test
    void lengthThatDoesNotMatchIsRefused() {
        try (PacedAudio paced = paced()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> paced.onSamples(new short[959], RATE, 2, 480))
                    .withMessageContaining("needs 960 samples, but the array has 959");
            assertThatIllegalArgumentException().isThrownBy(() -> paced.onSamples(new short[9], RATE, 1, -1));
            assertThat(sent).isEmpty();
        }
    }

    @Test
    void failureOfTheTargetReachesTheSourceThatPushes() {
        PacedAudio paced = new PacedAudio(
                (samples, rate, channels, frames) -> {
                    throw new IllegalStateException("native");
                },
                failures::incrementAndGet,
                TimeSource.of(clock::get, TimeSource.system()));
        assertThatThrownBy(() -> paced.onSamples(new short[480], RATE, 1, 480)).hasMessage("native");
        assertThatThrownBy(() -> paced.onSamples(new short[480], RATE, 1, 480)).hasMessage("native");
        paced.close();
    }

    @Test
    void nothingPassesAfterClose() {
        PacedAudio paced = paced();
        paced.onSamples(new short[RATE], RATE, 1, RATE);
        paced.close();
        int passed = sent.size();
        clock.addAndGet(5000 * MILLI);
        paced.onSamples(new short[480], RATE, 1, 480);
        paced.close();
        assertThat(sent).hasSize(passed);
    }
}
