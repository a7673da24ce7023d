package dev.videosession.media;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.internal.capture.RunningCaptures;
import dev.videosession.media.internal.pcm.PacedAudio;
import dev.videosession.media.internal.pcm.PcmFormat;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.PushedAudioSource;

/**
 * A source that the application pushes audio into, in blocks of any size: 1,024 samples, a whole sentence. Audio that is pushed in real
 * time is sent at once. Audio that is pushed faster waits, at most 60 s of it, and is sent at the rate at which it plays. Blocks that are
 * pushed while no capture runs are dropped. Any thread may push, one at a time.
 */
public final class CustomAudio implements PushedAudioSource {
    /** Frames in 10 ms at {@link #SAMPLE_RATE}: the block that is sent without waiting for more. */
    public static final int FRAMES_PER_BLOCK = PacedAudio.FRAMES;

    /** Frames a second that need no resampling. */
    public static final int SAMPLE_RATE = PacedAudio.SAMPLE_RATE;

    private final RunningCaptures<AudioSink> captures = new RunningCaptures<>();

    CustomAudio() {}

    /** {@inheritDoc} If the source has ended, {@code ended} is called at once. */
    @Override
    public Capture start(AudioSink sink, Runnable ended) {
        return captures.add(sink, ended);
    }

    /**
     * Sends audio at 48,000 frames a second.
     *
     * @param samples as for {@link #push(short[], int, int)}
     * @param channels as for {@link #push(short[], int, int)}
     * @throws IllegalArgumentException as for {@link #push(short[], int, int)}
     * @throws IllegalStateException as for {@link #push(short[], int, int)}
     */
    public void push(short[] samples, int channels) {
        push(samples, SAMPLE_RATE, channels);
    }

    /**
     * Sends audio. It is resampled to 48,000 frames a second; more than two channels are mixed into one.
     *
     * @param samples signed 16-bit PCM, channels interleaved, any number of whole frames; may be reused when this method returns
     * @param sampleRate frames a second, 8,000 to 192,000
     * @param channels 1 to 8
     * @throws IllegalArgumentException if rate or channels are out of range, or the last frame is incomplete
     * @throws IllegalStateException if the block does not fit: more than 60 s of audio would wait to be sent. Nothing of it
     *     is sent.
     */
    public void push(short[] samples, int sampleRate, int channels) {
        PcmFormat format = new PcmFormat(sampleRate, channels);
        if (samples.length % format.channels() != 0) {
            throw new IllegalArgumentException("A block must hold whole frames: " + samples.length
                    + " samples cannot be divided into " + channels + " channels.");
        }
        int frames = samples.length / channels;
        captures.each(sink -> sink.onSamples(samples, sampleRate, channels, frames));
    }

    /** Ends the source: running captures end, and later blocks are dropped. */
    public void end() {
        captures.end();
    }
}
