package dev.videosession.media.view;

import dev.videosession.media.VideoSources;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.source.VideoFormat;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/**
 * What showing 1280x720 at 30 frames a second costs, in CPU time of the converting and the painting thread. Needs a
 * display (Xvfb does). Arguments: width and height of the view, seconds.
 */
public final class ViewCost {
    private ViewCost() {}

    /**
     * Runs it.
     *
     * @param arguments width, height, seconds
     * @throws Exception when there is no display
     */
    public static void main(String[] arguments) throws Exception {
        Dimension size = new Dimension(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        int seconds = Integer.parseInt(arguments[2]);
        if (GraphicsEnvironment.isHeadless()) {
            throw new IllegalStateException("A display is needed");
        }
        VideoPipe pipe = new VideoPipe();
        VideoView view = new VideoView(pipe);
        view.setPreferredSize(size);
        JFrame window = new JFrame();
        SwingUtilities.invokeAndWait(() -> {
            window.setUndecorated(true);
            window.add(view);
            window.pack();
            window.setVisible(true);
        });
        var capture = VideoSources.pattern(VideoFormat.P720).start(pipe, () -> {});
        measure(pipe, 3);
        long[] before = cpu();
        long frames = measure(pipe, seconds);
        long[] after = cpu();
        System.out.printf(
                Locale.ROOT,
                "%dx%d view, %.1f frames/s: convert %.2f %% of a core, Swing thread %.2f %%%n",
                size.width,
                size.height,
                frames / (double) seconds,
                (after[0] - before[0]) / 1e7 / seconds,
                (after[1] - before[1]) / 1e7 / seconds);
        capture.close();
        view.close();
        pipe.close();
        SwingUtilities.invokeAndWait(window::dispose);
    }

    private static long measure(VideoPipe pipe, int seconds) throws InterruptedException {
        long before = pipe.frames();
        if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no caller counts down");
        }
        return pipe.frames() - before;
    }

    /** CPU nanoseconds of the converting and of the Swing thread so far. */
    private static long[] cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] result = new long[2];
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("media-view")) {
                result[0] += threads.getThreadCpuTime(thread.getId());
            } else if (thread.getName().startsWith("AWT-EventQueue")) {
                result[1] += threads.getThreadCpuTime(thread.getId());
            }
        }
        return result;
    }
}
