package dev.videosession.app.bot;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports each second. */
final class Reports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bot-reports");
        thread.setDaemon(true);
        return thread;
    });

    Reports(Runnable report) {
        clock.scheduleAtFixedRate(() -> guarded(report), 1, 1, TimeUnit.SECONDS);
    }

    /** One report that fails must not end those that follow. */
    private static void guarded(Runnable report) {
        try {
            report.run();
        } catch (RuntimeException e) {
            LOG.error("event=reportFailed", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
