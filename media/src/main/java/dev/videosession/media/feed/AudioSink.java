package dev.videosession.media.feed;

/** Takes sound. */
@FunctionalInterface
public interface AudioSink {
    /**
     * A block of sound has come, normally 10 ms of it.
     *
     * <p>Called on an audio thread, one block at a time for one feed. Return well within the block's duration. The array
     * is reused: copy what must stay. An exception thrown here is logged and reaches nobody else.
     *
     * @param samples signed 16-bit PCM, channels interleaved, at least {@code frames * channels} long
     * @param sampleRate frames a second, normally 48000
     * @param channels 1 or 2
     * @param frames samples of each channel in this block
     */
    void onSamples(short[] samples, int sampleRate, int channels, int frames);
}
