package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.StreamId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpeakerTrackerTest {
    private static final StreamId ADA = new StreamId("ada");
    private static final StreamId BEN = new StreamId("ben");
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);

    private final SpeakerTracker tracker = new SpeakerTracker();
    private long now;

    private StreamId hear(double ada, double ben, int steps) {
        StreamId speaker = null;
        for (int i = 0; i < steps; i++) {
            now += STEP;
            tracker.level(ADA, ada, now);
            speaker = tracker.level(BEN, ben, now);
        }
        return speaker;
    }

    @Test
    void theLoudestBecomesTheSpeakerWithin700Milliseconds() {
        assertThat(hear(0.3, 0, 14)).isEqualTo(ADA);
    }

    @Test
    void aCoughChangesNothing() {
        hear(0.3, 0, 20);
        assertThat(hear(0.3, 0.9, 3)).isEqualTo(ADA);
    }

    @Test
    void aPauseBetweenWordsChangesNothingAndSilenceEndsIt() {
        hear(0.3, 0, 20);
        assertThat(hear(0, 0, 20)).isEqualTo(ADA);
        assertThat(hear(0, 0, 80)).isNull();
    }

    @Test
    void whoLeavesSpeaksNoLonger() {
        hear(0.3, 0, 20);
        tracker.forget(ADA);
        assertThat(tracker.level(BEN, 0, now)).isNull();
    }
}
