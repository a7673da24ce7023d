package dev.videosession.media.probe;

import dev.videosession.media.feed.AudioSink;

/** Measures the dominant frequency of a sound. Add it to a feed as a sink; read it from any thread. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ToneMeter implements AudioSink {
    /** A meter that has heard nothing. */
    public ToneMeter() {}

    @Override
    public void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        throw new UnsupportedOperationException();
    }

    /**
     * The dominant frequency of the last 200 ms of the first channel.
     *
     * @return hertz, or 0 when it was silent (peak below 1 % of full scale) or nothing came for half a second
     */
    public double hertz() {
        throw new UnsupportedOperationException();
    }
}
