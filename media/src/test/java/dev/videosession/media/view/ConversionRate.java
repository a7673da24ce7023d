package dev.videosession.media.view;

import dev.videosession.media.FrameConverter;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.fixture.RotatedFrame;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import java.awt.Dimension;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Prints how many frames a second one thread converts, with the public converter and on the way into a {@link VideoView}. */
public final class ConversionRate {
    private ConversionRate() {}

    /**
     * Runs it.
     *
     * @param arguments width, height, milliseconds of each measurement
     */
    public static void main(String[] arguments) {
        int width = Integer.parseInt(arguments[0]);
        int height = Integer.parseInt(arguments[1]);
        long nanos = Long.parseLong(arguments[2]) * 1_000_000;
        NativeFrame frame = NativeFrame.black(width, height, 0);
        VideoFrame turned = NativeFrame.retained(new RotatedFrame(frame, 90));
        FrameConverter converter = new FrameConverter();
        int[] pixels = new int[width * height];
        ByteBuffer bytes = ByteBuffer.allocateDirect(4 * width * height);
        ViewImage image = new ViewImage();
        Dimension size = new Dimension(width, height);
        for (int round = 0; round < 3; round++) { // the last one counts
            report("int[]", nanos, () -> converter.toArgb(frame, pixels));
            report("direct buffer", nanos, () -> converter.toBgra(frame, bytes));
            report("int[], turned by 90 degrees", nanos, () -> converter.toArgb(turned, pixels));
            report("VideoView", nanos, () -> image.convert(frame, size, 1, VideoView.Scaling.FIT));
        }
        turned.release();
        frame.release();
    }

    private static void report(String what, long nanos, Runnable conversion) {
        long begin = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begin < nanos) {
            conversion.run();
            count++;
        }
        System.out.printf(Locale.ROOT, "%s: %.0f frames/s%n", what, count * 1e9 / (System.nanoTime() - begin));
    }
}
