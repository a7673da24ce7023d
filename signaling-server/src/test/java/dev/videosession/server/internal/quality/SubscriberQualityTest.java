package dev.videosession.server.internal.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.router.Layers;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What silence of a subscriber means, and reports of clients that do not count frames, in virtual time. */
class SubscriberQualityTest {
    private static final Ladder HD = new Ladder(new Dimensions(1280, 720), 3, true);

    private long millis;
    private final SubscriberQuality quality = new SubscriberQuality(
            TimeSource.of(() -> TimeUnit.MILLISECONDS.toNanos(millis), InstantSource.system()), HD);

    SubscriberQualityTest() {
        quality.limit(Layers.ALL, HD);
    }

    private void report(int packets, int lost, @Nullable Integer frames) {
        millis += 1_000;
        quality.observe(new LinkMessage.ReceptionReport(
                new LinkId("l-1"), 1_000, packets, lost, packets * 1_000L, 0, 0, 0, frames));
        quality.tick();
    }

    private void silence(int seconds) {
        for (int i = 0; i < seconds; i++) {
            millis += 1_000;
            quality.tick();
        }
    }

    /** Half of the packets are lost until the lowest level is too much, too. */
    private void warn() {
        for (int i = 0; i < 30 && quality.fallback() == FallbackState.VIDEO; i++) {
            report(20, 20, 2);
        }
        assertThat(quality.fallback()).isEqualTo(FallbackState.WARNED);
    }

    @Test
    void videoIsTurnedOffIfASubscriberIsSilentForThreeSecondsAfterAWarning() {
        warn();
        silence(2);
        assertThat(quality.fallback()).isEqualTo(FallbackState.WARNED);
        silence(2);
        assertThat(quality.fallback()).isEqualTo(FallbackState.AUDIO_ONLY);
        assertThat(quality.level()).isZero();
    }

    @Test
    void silenceWithoutAWarningChangesNothing() {
        for (int i = 0; i < 10; i++) {
            report(200, 0, 30);
        }
        silence(60);
        assertThat(quality.fallback()).isEqualTo(FallbackState.VIDEO);
        assertThat(quality.level()).isEqualTo(HD.top());
    }

    @Test
    void reportAfterAWarningEndsTheSilence() {
        warn();
        for (int i = 0; i < 10; i++) {
            silence(2);
            report(20, 0, 7);
        }
        assertThat(quality.fallback()).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void framesThatCannotBeDecodedLowerTheLevelOfAClientThatCountsThemOnly() {
        for (int i = 0; i < 20; i++) {
            report(200, 0, null);
        }
        assertThat(quality.level()).as("of a client that does not count frames").isEqualTo(HD.top());
        for (int i = 0; i < 10; i++) {
            report(200, 0, 0);
        }
        assertThat(quality.level()).as("of a client that counts none").isLessThan(HD.top());
    }
}
