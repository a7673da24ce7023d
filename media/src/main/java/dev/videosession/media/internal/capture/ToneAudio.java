package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.internal.pcm.PacedAudio;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.TimeUnit;

/**
 * A sine wave at a quarter of full scale.
 *
 * @param hertz 20 to 20000
 * @param time paces the blocks
 */
public record ToneAudio(double hertz, TimeSource time) implements PushedAudioSource {
    private static final double AMPLITUDE = 8192;
    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Refuses a frequency that is not audible. */
    public ToneAudio {
        if (!(hertz >= 20 && hertz <= 20_000)) {
            throw new IllegalArgumentException("A tone has 20 to 20000 hertz, not " + hertz + ".");
        }
    }

    @Override
    public Capture start(AudioSink sink, Runnable ended) {
        Wave wave = new Wave(2 * Math.PI * hertz / PacedAudio.SAMPLE_RATE);
        return Pacer.start(time, "media-tone", BLOCK_NANOS, () -> wave.send(sink), ended);
    }

    /** Confined to the thread of the pacer. */
    private static final class Wave {
        private final short[] block = new short[PacedAudio.FRAMES];
        private final double step;
        private double phase;

        Wave(double step) {
            this.step = step;
        }

        void send(AudioSink sink) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (short) Math.round(AMPLITUDE * Math.sin(phase));
                phase += step;
            }
            phase %= 2 * Math.PI;
            sink.onSamples(block, PacedAudio.SAMPLE_RATE, 1, block.length);
        }
    }
}
