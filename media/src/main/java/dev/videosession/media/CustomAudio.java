package dev.videosession.media;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.internal.capture.Listeners;
import dev.videosession.media.internal.pcm.PacedAudio;
import dev.videosession.media.internal.pcm.PcmFormat;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.PushedAudioSource;

/**
 * A source the application feeds, in blocks of any size: 1,024 samples, a whole sentence. Audio that is pushed in real time
 * is sent at once. Audio that is pushed faster waits and is sent at the rate at which it plays, at most 60 s of it. Blocks
 * pushed while no capture runs are dropped. Push from one thread at a time.
 */
public final class CustomAudio implements PushedAudioSource {
    /** Frames in 10 ms at {@link #SAMPLE_RATE}: the block that is sent without waiting for more. */
    public static final int FRAMES_PER_BLOCK = PacedAudio.FRAMES;

    /** Frames a second that need no resampling. */
    public static final int SAMPLE_RATE = PacedAudio.SAMPLE_RATE;

    private final Listeners<AudioSink> captures = new Listeners<>();

    CustomAudio() {}

    /** {@inheritDoc} On an ended source the capture is told at once that it has ended. */
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
     * @param samples signed 16-bit PCM, channels interleaved: whole frames, any number of them; may be used again when this
     *     returns
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

    /** Ends the source: the running capture is told that it has ended, later blocks are dropped. */
    public void end() {
        captures.end();
    }
}
