package dev.videosession.media.internal.rtc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns all links of an engine and makes their native calls. Public methods and native callbacks only queue tasks. The
 * queue is bounded because each link has at most one negotiation in progress and a bounded number of candidates.
 */
public final class MediaLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaLoop.class);

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    /** Creates a loop; the first task starts its thread. */
    public MediaLoop() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread loop = new Thread(task, "media-loop");
            loop.setDaemon(true);
            thread = loop;
            return loop;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Runs the task on the loop, after all earlier ones.
     *
     * @param task what to run; an exception is logged
     * @return false if the loop is closed: the task does not run
     */
    public boolean execute(Runnable task) {
        try {
            executor.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.trace("event=taskRefused reason=\"the media loop is closed\"", e);
            return false;
        }
    }

    /**
     * Runs the task on the loop after a delay, unless the loop is closed before. Call it on the loop.
     *
     * @param task what to run; an exception is logged
     * @param delay how long to wait
     * @param unit of the delay
     * @return cancels the task
     */
    public Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
        assertInLoop();
        return executor.isShutdown()
                ? CompletableFuture.completedFuture(null)
                : executor.schedule(() -> run(task), delay, unit);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Exception | Error e) { // native calls throw both without declaring them; the loop must go on
            LOG.error("event=mediaTaskFailed", e);
        }
    }

    /** {@return whether the caller runs on the loop} */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Checks that the caller runs on the loop.
     *
     * @throws IllegalStateException if not
     */
    public void assertInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException("Only the media loop may do this, not "
                    + Thread.currentThread().getName() + ".");
        }
    }

    /**
     * Runs the queued tasks, then ends the thread. Waits for that.
     *
     * @param timeout how long to wait
     * @param unit of the timeout
     * @return whether the thread ended in time
     */
    public boolean close(long timeout, TimeUnit unit) {
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
            LOG.warn("event=mediaLoopCloseTimedOut");
        }
    }
}
