package dev.videosession.app.device;

import dev.videosession.media.feed.AudioSink;

/** The peak of the last block of samples. Any thread may read it. */
final class PeakLevel implements AudioSink {
    private volatile double level;

    double level() {
        return level;
    }

    @Override
    public void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        int peak = 0;
        for (int i = 0; i < frames * channels; i++) {
            peak = Math.max(peak, Math.abs((int) samples[i]));
        }
        level = peak / (double) Short.MAX_VALUE;
    }
}
