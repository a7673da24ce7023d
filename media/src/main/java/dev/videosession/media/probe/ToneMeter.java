package dev.videosession.media.probe;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.protocol.time.TimeSource;

/**
 * Measures the dominant frequency of audio by the distance of its rising zero crossings, interpolated between samples. Add it to a feed
 * as a sink, and read it on any thread.
 */
public final class ToneMeter implements AudioSink {
    private static final double WINDOW_SECONDS = 0.2;
    private static final int SILENCE = 328;
    private static final long STALE_NANOS = 500_000_000L;

    private final TimeSource time;
    private short[] window = new short[0];
    private int rate;
    private int next;
    private boolean full;
    private long lastNanos;

    /** Creates a meter without samples. */
    public ToneMeter() {
        this(TimeSource.system());
    }

    ToneMeter(TimeSource time) {
        this.time = time;
    }

    @Override
    public synchronized void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        if (rate != sampleRate) {
            rate = sampleRate;
            window = new short[(int) (sampleRate * WINDOW_SECONDS)];
            next = 0;
            full = false;
        }
        for (int i = 0; i < frames; i++) {
            window[next] = samples[i * channels];
            next = next + 1 == window.length ? 0 : next + 1;
            full |= next == 0;
        }
        lastNanos = time.nanos();
    }

    /**
     * Measures the last 200 ms of the first channel.
     *
     * @return the frequency in hertz, or 0 if the audio is silent (peak below 1 % of full scale), after half a second without samples,
     *     and during the first 200 ms
     */
    public synchronized double hertz() {
        if (!full || time.nanos() - lastNanos > STALE_NANOS) {
            return 0;
        }
        int peak = 0;
        for (short sample : window) {
            peak = Math.max(peak, Math.abs((int) sample));
        }
        if (peak < SILENCE) {
            return 0;
        }
        int armedBelow = -peak / 4;
        boolean armed = false;
        double first = -1;
        double last = -1;
        int crossings = 0;
        for (int i = 1; i < window.length; i++) {
            int before = at(i - 1);
            int now = at(i);
            armed |= now < armedBelow;
            if (armed && before < 0 && now >= 0) {
                armed = false;
                last = i - 1 + (double) -before / (now - before);
                first = first < 0 ? last : first;
                crossings++;
            }
        }
        return crossings < 2 ? 0 : (crossings - 1) * rate / (last - first);
    }

    private int at(int index) {
        int position = next + index;
        return window[position >= window.length ? position - window.length : position];
    }
}
