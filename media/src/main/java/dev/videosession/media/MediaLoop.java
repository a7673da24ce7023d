package dev.videosession.media;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns every link of an engine and makes every native call about it. Public methods and native
 * callbacks only put tasks here. The queue is bounded by what feeds it: each link has at most one negotiation under way
 * and a bounded number of candidates.
 */
final class MediaLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);

    private final ExecutorService executor;
    private volatile @Nullable Thread thread;

    MediaLoop() {
        executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread loop = new Thread(task, "media-loop");
            loop.setDaemon(true);
            thread = loop;
            return loop;
        });
    }

    /** Runs the task on the loop, after all earlier ones. Returns false when the loop is closed. */
    boolean execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.trace("A task came after the media loop was closed", e);
            return false;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task on the media loop failed", e);
        }
    }

    boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    void assertInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException("Only the media loop may do this, not " + Thread.currentThread());
        }
    }

    /** Runs what is queued, then ends the thread; waits for it. */
    boolean close(long timeout, TimeUnit unit) {
        executor.shutdown();
        try {
            return executor.awaitTermination(timeout, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (!close(5, TimeUnit.SECONDS)) {
            LOG.warn("The media loop did not end in time");
        }
    }
}
