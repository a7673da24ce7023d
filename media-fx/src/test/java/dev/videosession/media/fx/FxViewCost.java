package dev.videosession.media.fx;

import com.sun.management.OperatingSystemMXBean;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.view.VideoView;
import java.awt.Dimension;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;

/**
 * What showing 1280x720 at 30 frames a second costs in JavaFX and in Swing, in CPU time of the process and of each thread. Needs a display
 * (Xvfb does).
 * Arguments: {@code fx} or {@code swing}, width and height of the view, seconds.
 */
public final class FxViewCost {
    private static final int WARM_UP_SECONDS = 12;
    private static final double LEAST_PERCENT = 0.05;

    private FxViewCost() {}

    /**
     * Runs it.
     *
     * @param arguments see above
     * @throws Exception when there is no display
     */
    public static void main(String[] arguments) throws Exception {
        Dimension size = new Dimension(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        int seconds = Integer.parseInt(arguments[3]);
        SourceFeed feed = new SourceFeed();
        if (arguments[0].equals("fx")) {
            Platform.startup(() -> showFx(feed, size));
        } else {
            SwingUtilities.invokeAndWait(() -> showSwing(feed, size));
        }
        VideoSources.pattern(VideoFormat.P720).start(feed, () -> {});
        pass(WARM_UP_SECONDS);
        long cpu = cpuNanos();
        Map<String, Long> threads = threadNanos();
        long frames = feed.frames();
        pass(seconds);
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f frames/s, %.1f %% of a core%n",
                arguments[0],
                (feed.frames() - frames) / (double) seconds,
                (cpuNanos() - cpu) / 1e7 / seconds);
        threadNanos().forEach((name, nanos) -> {
            double percent = (nanos - threads.getOrDefault(name, 0L)) / 1e7 / seconds;
            if (percent >= LEAST_PERCENT) {
                System.out.printf(Locale.ROOT, "  %-28s %.2f %%%n", name, percent);
            }
        });
        Runtime.getRuntime().halt(0);
    }

    private static void showFx(SourceFeed feed, Dimension size) {
        FxVideoView view = new FxVideoView();
        view.setFeed(feed);
        Stage stage = new Stage(StageStyle.UNDECORATED);
        stage.setScene(new Scene(view, size.width, size.height));
        stage.show();
    }

    private static void showSwing(SourceFeed feed, Dimension size) {
        VideoView view = new VideoView(feed);
        view.setPreferredSize(size);
        JFrame window = new JFrame();
        window.setUndecorated(true);
        window.add(view);
        window.pack();
        window.setVisible(true);
    }

    private static void pass(int seconds) throws InterruptedException {
        if (new CountDownLatch(1).await(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The latch was counted down.");
        }
    }

    /** CPU time of the Java threads; those of the same name together. */
    private static Map<String, Long> threadNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> nanos = new TreeMap<>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo info = threads.getThreadInfo(id);
            if (info != null) {
                nanos.merge(info.getThreadName(), threads.getThreadCpuTime(id), Long::sum);
            }
        }
        return nanos;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
