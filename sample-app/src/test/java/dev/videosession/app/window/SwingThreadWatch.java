package dev.videosession.app.window;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.swing.SwingUtilities;

/** Measures how long the Swing thread keeps others waiting. */
final class SwingThreadWatch {
    private static final long PERIOD_MILLIS = 10;

    private final AtomicLong longestNanos = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "swing-watch");
        thread.setDaemon(true);
        return thread;
    });

    SwingThreadWatch() {
        ask();
    }

    private void ask() {
        long asked = System.nanoTime();
        SwingUtilities.invokeLater(() -> {
            longestNanos.accumulateAndGet(System.nanoTime() - asked, Math::max);
            timer.schedule(this::ask, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    /** The longest wait since the last call. */
    String longestMillis(String ignoredObject) {
        return String.valueOf(TimeUnit.NANOSECONDS.toMillis(longestNanos.getAndSet(0)));
    }
}
