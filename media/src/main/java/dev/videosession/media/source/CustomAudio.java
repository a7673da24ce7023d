package dev.videosession.media.source;

import dev.videosession.media.feed.AudioSink;

/**
 * A source the application feeds, in blocks of 10 ms at 48000 frames a second. Blocks pushed while no capture runs are
 * dropped. Push from one thread at a time and in real time: nothing here paces or buffers.
 */
public final class CustomAudio implements PushedAudioSource {
    /** Frames in a block of 10 ms. */
    public static final int FRAMES_PER_BLOCK = 480;

    /** Frames a second. */
    public static final int SAMPLE_RATE = 48_000;

    private final Listeners<AudioSink> captures = new Listeners<>();

    CustomAudio() {}

    /** {@inheritDoc} On an ended source the capture is told at once that it has ended. */
    @Override
    public Capture start(AudioSink sink, Runnable ended) {
        return captures.add(sink, ended);
    }

    /**
     * Sends 10 ms of sound.
     *
     * @param samples signed 16-bit PCM, channels interleaved, {@code 480 * channels} of them
     * @param channels 1 or 2
     * @throws IllegalArgumentException when the array is shorter than a block or channels is not 1 or 2
     */
    public void push(short[] samples, int channels) {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("Sound has 1 or 2 channels, not " + channels);
        }
        if (samples.length < FRAMES_PER_BLOCK * channels) {
            throw new IllegalArgumentException(
                    "A block has " + FRAMES_PER_BLOCK * channels + " samples, not " + samples.length);
        }
        captures.each(sink -> sink.onSamples(samples, SAMPLE_RATE, channels, FRAMES_PER_BLOCK));
    }

    /** Ends the source: the running capture is told that it has ended, later blocks are dropped. */
    public void end() {
        captures.end();
    }
}
