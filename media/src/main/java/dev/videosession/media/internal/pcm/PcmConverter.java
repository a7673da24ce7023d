package dev.videosession.media.internal.pcm;

import org.jspecify.annotations.Nullable;

/** Converts a stream of one format to {@value #SAMPLE_RATE} hertz and at most two channels. One thread at a time. */
final class PcmConverter {
    static final int SAMPLE_RATE = 48_000;

    private final PcmFormat format;
    private final @Nullable Resampler resampler;

    PcmConverter(PcmFormat format) {
        this.format = format;
        resampler = format.sampleRate() == SAMPLE_RATE
                ? null
                : new Resampler(format.sampleRate(), SAMPLE_RATE, channelsOf(format));
    }

    PcmFormat format() {
        return format;
    }

    /** {@return the channels of the result: more than two become one, because their layout is unknown} */
    int channels() {
        return channelsOf(format);
    }

    static int channelsOf(PcmFormat format) {
        return format.channels() <= 2 ? format.channels() : 1;
    }

    /** {@return the most frames that a number of frames of the source can become} */
    static int framesAfter(int frames, int sampleRate) {
        return (int) Math.min(Integer.MAX_VALUE, (long) frames * SAMPLE_RATE / sampleRate + 2);
    }

    short[] convert(short[] samples, int frames) {
        short[] mixed = format.channels() <= 2 ? samples : mixDown(samples, frames);
        if (resampler != null) {
            return resampler.convert(mixed, frames);
        }
        int length = frames * channels();
        short[] copy = new short[length];
        System.arraycopy(mixed, 0, copy, 0, length);
        return copy;
    }

    private short[] mixDown(short[] samples, int frames) {
        short[] mono = new short[frames];
        int channels = format.channels();
        for (int frame = 0; frame < frames; frame++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += samples[frame * channels + channel];
            }
            mono[frame] = (short) (sum / channels);
        }
        return mono;
    }
}
