package dev.videosession.media.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AudioPipeTest {
    private static final short[] LOUD = {16_384, -16_384};

    @Test
    void followerHasTheSamplesOfItsSource() {
        AudioPipe source = new AudioPipe();
        AudioPipe follower = new AudioPipe();
        AtomicInteger blocks = new AtomicInteger();
        follower.addSink((samples, rate, channels, frames) -> blocks.incrementAndGet());

        follower.follow(source);
        source.onSamples(LOUD, 48_000, 1, 2);

        assertThat(blocks).hasValue(1);
        assertThat(follower.level()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void followerHasTheLevelOfASourceWithoutSamplesAndOnlyOfTheLastSource() {
        AudioPipe microphone = new AudioPipe();
        AudioPipe silent = new AudioPipe();
        AudioPipe follower = new AudioPipe();
        follower.follow(microphone);

        microphone.onLevel(0.75);
        assertThat(follower.level()).isCloseTo(0.75, within(0.01));

        follower.follow(silent);
        assertThat(follower.level()).isZero();
    }

    @Test
    void measuredLevelIsZeroHalfASecondAfterTheLastMeasurement() {
        AtomicLong nanos = new AtomicLong();
        AudioPipe microphone = new AudioPipe(TimeSource.of(nanos::get, TimeSource.system()));
        microphone.onLevel(0.75);

        nanos.addAndGet(500_000_000);
        assertThat(microphone.level()).isCloseTo(0.75, within(0.01));
        nanos.addAndGet(1);
        assertThat(microphone.level()).isZero();
    }

    @Test
    void sinkThatFailsWithAnErrorDoesNotAffectOtherSinks() {
        AudioPipe pipe = new AudioPipe();
        AtomicInteger blocks = new AtomicInteger();
        pipe.addSink((samples, rate, channels, frames) -> {
            throw new NoClassDefFoundError("of the application");
        });
        pipe.addSink((samples, rate, channels, frames) -> blocks.incrementAndGet());

        pipe.onSamples(LOUD, 48_000, 1, 2);

        assertThat(blocks).hasValue(1);
    }
}
