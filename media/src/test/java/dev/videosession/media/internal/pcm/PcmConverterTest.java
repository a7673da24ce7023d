package dev.videosession.media.internal.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.videosession.media.probe.ToneMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmConverterTest {
    /** A second of a tone, the same on all channels. */
    private static short[] tone(double hertz, int rate, int channels, int frames, int start) {
        short[] samples = new short[frames * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * (start + i / channels) / rate));
        }
        return samples;
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 1, 1000", "8001, 1, 7", "11025, 2, 1024", "22050, 1, 512", "44100, 1, 1024", "44100, 2, 441",
        "47999, 1, 480", "48000, 1, 1024", "48000, 3, 480", "96000, 2, 960", "192000, 1, 1920", "192000, 8, 777"
    })
    void toneKeepsItsFrequencyAndLevel(int rate, int channels, int blockFrames) {
        PcmConverter converter = new PcmConverter(new PcmFormat(rate, channels));
        ToneMeter meter = new ToneMeter();
        int frames = 0;
        int peak = 0;
        for (int start = 0; start < rate; start += blockFrames) {
            short[] out = converter.convert(tone(1000, rate, channels, blockFrames, start), blockFrames);
            int made = out.length / converter.channels();
            meter.onSamples(out, PcmConverter.SAMPLE_RATE, converter.channels(), made);
            frames += made;
            for (short sample : out) {
                peak = Math.max(peak, Math.abs((int) sample));
            }
        }

        assertThat(meter.hertz()).isCloseTo(1000, within(1.0));
        assertThat(peak).isBetween(7800, 8200);
        int blocks = (rate + blockFrames - 1) / blockFrames;
        assertThat((double) frames).isCloseTo((double) blocks * blockFrames * 48_000 / rate, within(200.0));
        assertThat(converter.channels()).isEqualTo(channels == 2 ? 2 : 1);
    }

    /** What the lower rate cannot carry would come back as another tone. */
    @Test
    void toneAboveHalfOfTheRateIsRemoved() {
        PcmConverter converter = new PcmConverter(new PcmFormat(192_000, 1));
        short[] out = converter.convert(tone(40_000, 192_000, 1, 19_200, 0), 19_200);

        int peak = 0;
        for (int i = 480; i < out.length; i++) { // after the filter has settled
            peak = Math.max(peak, Math.abs((int) out[i]));
        }
        assertThat(peak).isLessThan(80);
    }

    @ParameterizedTest
    @CsvSource({"7999, 1", "192001, 1", "0, 1", "-1, 1", "48000, 0", "48000, 9", "48000, -1"})
    void formatThatCannotBeSentIsRefused(int rate, int channels) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PcmFormat(rate, channels))
                .withMessageContaining(String.valueOf(channels == 1 ? rate : channels));
    }
}
