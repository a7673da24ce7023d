package dev.videosession.media.feed;

/** Receives audio. */
@FunctionalInterface
public interface AudioSink {
    /**
     * Called for each block of audio, normally 10 ms of it.
     *
     * <p>Called on an audio thread, for one block of a feed at a time. Return well within the duration of the block. The array is
     * reused: copy what must stay. An exception is logged and does not affect other sinks.
     *
     * @param samples signed 16-bit PCM, channels interleaved, at least {@code frames * channels} long
     * @param sampleRate frames a second, normally 48000
     * @param channels 1 or 2
     * @param frames samples of each channel in this block
     */
    void onSamples(short[] samples, int sampleRate, int channels, int frames);
}
