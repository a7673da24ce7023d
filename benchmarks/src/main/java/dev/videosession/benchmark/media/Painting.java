package dev.videosession.benchmark.media;

import dev.videosession.benchmark.report.Table;
import dev.videosession.media.VideoSources;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.view.VideoView;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/** What it costs to show 1280x720 at 30 frames a second, in CPU time of the thread that converts and of the Swing thread. */
public final class Painting {
    private static final List<Dimension> SIZES =
            List.of(new Dimension(1280, 720), new Dimension(640, 360), new Dimension(320, 180));
    private static final long SETTLE_MILLIS = 3000;
    private static final long MILLIS = 5000;

    private Painting() {}

    /**
     * Shows a view of each size.
     *
     * @return one row for each size; one without figures if there is no display
     * @throws InterruptedException if the thread is interrupted
     * @throws InvocationTargetException if the view fails
     */
    public static Table run() throws InterruptedException, InvocationTargetException {
        Table table = new Table(
                "A view that shows 1280x720 at 30 frames/s, of one core",
                "size of the view",
                "frames/s",
                "converting",
                "Swing thread");
        if (GraphicsEnvironment.isHeadless()) {
            table.row("there is no display", "", "", "");
            return table;
        }
        for (Dimension size : SIZES) {
            show(table, size);
        }
        return table;
    }

    private static void show(Table table, Dimension size) throws InterruptedException, InvocationTargetException {
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
        ProcessUse.rest(SETTLE_MILLIS);
        long frames = pipe.frames();
        long converting = cpuNanos("media-view");
        long swing = cpuNanos("AWT-EventQueue");
        ProcessUse.rest(MILLIS);
        table.row(
                size.width + "x" + size.height,
                Figures.oneDecimal((pipe.frames() - frames) * 1000.0 / MILLIS),
                percent(cpuNanos("media-view") - converting),
                percent(cpuNanos("AWT-EventQueue") - swing));
        capture.close();
        view.close();
        pipe.close();
        SwingUtilities.invokeAndWait(window::dispose);
    }

    private static String percent(long nanos) {
        return Figures.percent(100.0 * nanos / TimeUnit.MILLISECONDS.toNanos(MILLIS));
    }

    /** CPU time so far of the threads whose names begin with a text. */
    private static long cpuNanos(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }
}
