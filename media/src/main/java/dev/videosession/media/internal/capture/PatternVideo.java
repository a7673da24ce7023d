package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A synthetic source: a moving diagonal pattern, a sweeping bar and a {@link FrameStamp}.
 *
 * @param format at least 160x120, even
 * @param time dates the frames
 */
public record PatternVideo(VideoFormat format, TimeSource time) implements VideoSource {
    /** Refuses a size that the pattern does not fit into. */
    public PatternVideo {
        boolean even = format.width() % 2 == 0 && format.height() % 2 == 0;
        if (format.width() < 160 || format.height() < 120 || !even) {
            throw new IllegalArgumentException(
                    "The pattern needs an even size of at least 160x120, not " + format + ".");
        }
    }

    @Override
    public Kind kind() {
        return Kind.CAMERA;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        Painter painter = new Painter(format, time);
        long period = TimeUnit.SECONDS.toNanos(1) / format.framesPerSecond();
        return Pacer.start(time, "media-pattern", period, () -> painter.paint(sink), ended);
    }

    /** Confined to the thread of the pacer. */
    private static final class Painter {
        private static final int WAVE = 128;
        private final VideoFormat format;
        private final TimeSource time;
        private final byte[] luma;
        private final byte[] chroma;
        private final byte[] bar;
        private long number;

        Painter(VideoFormat format, TimeSource time) {
            this.format = format;
            this.time = time;
            luma = wave(format.width() + WAVE, WAVE, 60, 170);
            chroma = wave(format.width() + 2 * WAVE, 2 * WAVE, 88, 168);
            bar = new byte[Math.max(2, format.width() / 32)];
            Arrays.fill(bar, (byte) 225);
        }

        private static byte[] wave(int length, int period, int low, int high) {
            byte[] wave = new byte[length];
            for (int i = 0; i < length; i++) {
                double phase = (1 - Math.cos(2 * Math.PI * i / period)) / 2;
                wave[i] = (byte) (low + (high - low) * phase);
            }
            return wave;
        }

        void paint(VideoSink sink) {
            NativeFrame frame = NativeFrame.allocate(format.width(), format.height(), time.nanos());
            try {
                int shift = (int) (number * 2 % (2 * WAVE));
                diagonal(frame.planeY(), frame.strideY(), format.width(), format.height(), luma, WAVE, shift, 1);
                diagonal(
                        frame.planeU(),
                        frame.strideU(),
                        format.width() / 2,
                        format.height() / 2,
                        chroma,
                        2 * WAVE,
                        shift,
                        1);
                diagonal(
                        frame.planeV(),
                        frame.strideV(),
                        format.width() / 2,
                        format.height() / 2,
                        chroma,
                        2 * WAVE,
                        shift,
                        -1);
                sweep(frame);
                new FrameStamp(number++, time.millis()).write(frame);
                sink.onFrame(frame);
            } finally {
                frame.release();
            }
        }

        private static void diagonal(
                ByteBuffer plane, int stride, int width, int height, byte[] wave, int period, int shift, int slope) {
            for (int y = 0; y < height; y++) {
                plane.put(y * stride, wave, Math.floorMod(shift + slope * y, period), width);
            }
        }

        private void sweep(NativeFrame frame) {
            ByteBuffer plane = frame.planeY();
            int x = (int) (number * 4 % (format.width() - bar.length));
            for (int y = format.height() * 3 / 4; y < format.height(); y++) {
                plane.put(y * frame.strideY() + x, bar);
            }
        }
    }
}
