package dev.videosession.media.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneMeterTest {
    private static void play(ToneMeter meter, double hertz, double amplitude, int channels) {
        for (int block = 0; block < 30; block++) {
            short[] samples = new short[480 * channels];
            for (int i = 0; i < 480; i++) {
                double time = (block * 480 + i) / 48_000.0;
                samples[i * channels] = (short) (amplitude * Math.sin(2 * Math.PI * hertz * time));
            }
            meter.onSamples(samples, 48_000, channels, 480);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {60, 440, 1000, 3333, 8000})
    void frequencyIsMeasuredWithinATenthOfAPercent(double hertz) {
        ToneMeter mono = new ToneMeter();
        ToneMeter stereo = new ToneMeter();

        play(mono, hertz, 8000, 1);
        play(stereo, hertz, 8000, 2);

        assertThat(mono.hertz()).isCloseTo(hertz, within(hertz / 1000));
        assertThat(stereo.hertz()).isCloseTo(hertz, within(hertz / 1000));
    }

    @Test
    void frequencyIsZeroHalfASecondAfterTheLastSamples() {
        AtomicLong nanos = new AtomicLong();
        ToneMeter meter = new ToneMeter(TimeSource.of(nanos::get, TimeSource.system()));
        play(meter, 440, 8000, 1);

        nanos.addAndGet(500_000_000);
        assertThat(meter.hertz()).isCloseTo(440, within(0.5));
        nanos.addAndGet(1);
        assertThat(meter.hertz()).isZero();
    }

    @Test
    void silenceHasNoFrequency() {
        ToneMeter meter = new ToneMeter();
        assertThat(meter.hertz()).isZero();

        play(meter, 440, 100, 1);

        assertThat(meter.hertz()).isZero();
    }
}
