package dev.videosession.media.internal.pcm;

import java.util.Arrays;

/**
 * Changes the sample rate of a stream with a windowed-sinc low-pass filter, block by block. Delays the stream by
 * {@value #ZERO_CROSSINGS} samples of the lower rate. One thread at a time.
 */
final class Resampler {
    private static final int ZERO_CROSSINGS = 16;
    /** Leaves room for the slope of the filter below half of the lower rate. */
    private static final double PASS_BAND = 0.92;
    /** More positions between two samples than this are rounded. */
    private static final int MOST_PHASES = 1024;

    private final int from;
    private final int to;
    private final int channels;
    private final int half;
    private final float[][] kernels;
    private float[] pending;
    private int pendingFrames;
    /** The input frame before the next output frame, counted in {@code pending}. */
    private int index;
    /** How far the next output frame is behind that input frame, in parts of {@code to}. */
    private long offset;

    Resampler(int from, int to, int channels) {
        this.from = from;
        this.to = to;
        this.channels = channels;
        double cutoff = Math.min(1, (double) to / from);
        half = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        int phases = Math.min(MOST_PHASES, to / greatestCommonDivisor(from, to));
        kernels = new float[phases][];
        for (int phase = 0; phase < phases; phase++) {
            kernels[phase] = kernel((double) phase / phases, cutoff * PASS_BAND, half);
        }
        pendingFrames = half - 1; // silence before the first frame
        pending = new float[pendingFrames * channels];
        index = half - 1;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private static float[] kernel(double fraction, double cutoff, int half) {
        double[] taps = new double[2 * half];
        double sum = 0;
        for (int i = 0; i < taps.length; i++) {
            double distance = i - half + 1 - fraction;
            double window =
                    0.42 + 0.5 * Math.cos(Math.PI * distance / half) + 0.08 * Math.cos(2 * Math.PI * distance / half);
            double angle = Math.PI * cutoff * distance;
            taps[i] = window * (angle == 0 ? 1 : Math.sin(angle) / angle);
            sum += taps[i];
        }
        float[] kernel = new float[taps.length];
        for (int i = 0; i < taps.length; i++) {
            kernel[i] = (float) (taps[i] / sum);
        }
        return kernel;
    }

    /** Converts interleaved frames. Returns the frames of the other rate that are complete. */
    short[] convert(short[] samples, int frames) {
        append(samples, frames);
        short[] out = new short[(int) ((long) frames * to / from + 2) * channels];
        int made = 0;
        while (index + half < pendingFrames) {
            float[] kernel = kernels[(int) (offset * kernels.length / to)];
            for (int channel = 0; channel < channels; channel++) {
                out[made++] = filter(kernel, channel);
            }
            offset += from;
            index += (int) (offset / to);
            offset %= to;
        }
        discard();
        return made == out.length ? out : Arrays.copyOf(out, made);
    }

    private void append(short[] samples, int frames) {
        float[] grown = Arrays.copyOf(pending, (pendingFrames + frames) * channels);
        for (int i = 0; i < frames * channels; i++) {
            grown[pendingFrames * channels + i] = samples[i];
        }
        pending = grown;
        pendingFrames += frames;
    }

    private short filter(float[] kernel, int channel) {
        float sum = 0;
        int at = (index - half + 1) * channels + channel;
        for (float tap : kernel) {
            sum += tap * pending[at];
            at += channels;
        }
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }

    private void discard() {
        int used = Math.min(pendingFrames, index - half + 1);
        pending = Arrays.copyOfRange(pending, used * channels, pendingFrames * channels);
        pendingFrames -= used;
        index -= used;
    }
}
