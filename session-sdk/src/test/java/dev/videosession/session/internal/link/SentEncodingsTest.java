package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.stats.LayerStats;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentEncodingsTest {
    private static final List<LayerStats> HD = List.of(encoding(320, 180), encoding(640, 360), encoding(1280, 720));
    private static final long POOR = 500_000;
    private static final long BETWEEN = 700_000;
    private static final long GOOD = 1_000_000;

    private final SentEncodings encodings = new SentEncodings();

    private static LayerStats encoding(int width, int height) {
        return new LayerStats("", width, height, 30, 0, 0, 0, true, LayerStats.Limitation.NONE);
    }

    private void measure(long fromMillis, long toMillis, long bitrate, List<LayerStats> layers) {
        for (long now = fromMillis; now <= toMillis; now += 500) {
            encodings.measured(now, bitrate, layers);
        }
    }

    @Test
    void whatSubscribersNeedIsSentOnAGoodPath() {
        assertThat(encodings.indexes()).isNull();
        encodings.need(List.of(2));
        measure(0, 60_000, GOOD, HD);
        assertThat(encodings.indexes()).containsExactly(2);
        encodings.need(null);
        assertThat(encodings.indexes()).isNull();
    }

    @Test
    void smallerOnesAreSentWhileThePathIsTooPoorForTheLargest() {
        encodings.need(List.of(2));
        measure(0, 500, POOR, HD);
        assertThat(encodings.indexes()).as("an estimate of a moment").containsExactly(2);
        measure(1000, 1000, POOR, HD);
        assertThat(encodings.indexes()).containsExactlyInAnyOrder(0, 1, 2);
        encodings.need(List.of(1));
        assertThat(encodings.indexes()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void theyArePausedWhenThePathHasCarriedEnoughForSeconds() {
        encodings.need(List.of(2));
        measure(0, 1000, POOR, HD);
        measure(1500, 30_000, BETWEEN, HD);
        assertThat(encodings.indexes()).as("enough, but not with a reserve").hasSize(3);
        measure(30_500, 35_000, GOOD, HD);
        assertThat(encodings.indexes()).hasSize(3);
        measure(35_500, 35_500, GOOD, HD);
        assertThat(encodings.indexes()).containsExactly(2);
    }

    @Test
    void anEstimateThatReturnsStartsTheTimeAnew() {
        encodings.need(List.of(2));
        measure(0, 500, POOR, HD);
        measure(1000, 1000, BETWEEN, HD);
        measure(1500, 2000, POOR, HD);
        assertThat(encodings.indexes()).containsExactly(2);
    }

    @Test
    void verdictAboutAPathEndsWhenOnlyTheSmallestIsNeeded() {
        encodings.need(List.of(2));
        measure(0, 1000, POOR, HD);
        encodings.need(List.of(0));
        measure(1500, 1500, POOR, HD);
        encodings.need(List.of(2));
        assertThat(encodings.indexes()).containsExactly(2);
        measure(60_000, 60_500, POOR, HD);
        assertThat(encodings.indexes()).as("a second has to pass again").containsExactly(2);
    }

    @Test
    void sizeOfAPausedEncodingIsNotCounted() {
        LayerStats paused = new LayerStats("", 960, 540, 0, 0, 0, 0, false, LayerStats.Limitation.NONE);
        encodings.need(List.of(1));
        measure(0, 1000, 200_000, List.of(paused, encoding(640, 360)));
        assertThat(encodings.indexes()).containsExactly(1);
    }

    @Test
    void sizeOfAnEncodingThatWasNeverSentFollowsFromTheOtherOnes() {
        encodings.need(List.of(2));
        measure(0, 1000, POOR, List.of(encoding(0, 0), encoding(640, 360), encoding(0, 0)));
        assertThat(encodings.indexes()).hasSize(3);
    }

    @Test
    void nothingChangesWithoutAnEstimateASizeOrASmallerEncoding() {
        encodings.need(List.of(2));
        measure(0, 5000, 0, HD);
        measure(5500, 9000, POOR, List.of(encoding(0, 0), encoding(0, 0), encoding(0, 0)));
        assertThat(encodings.indexes()).containsExactly(2);
        encodings.need(List.of(0));
        measure(9500, 12_000, 10_000, HD);
        assertThat(encodings.indexes()).containsExactly(0);
        encodings.need(List.of());
        measure(12_500, 15_000, 10_000, HD);
        assertThat(encodings.indexes()).as("no video is needed").isEmpty();
    }
}
