package dev.videosession.session.internal.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes tasks to an executor of the application, always from a thread of the library's own pool and never from the thread
 * that called {@link #execute}: an executor may run a task in the thread that hands it over ({@code Runnable::run}, a
 * caller-runs policy) or block that thread. A task that the application's executor refuses runs on the pool's thread, so
 * that none is lost; a task runs once, even if the executor fails after it ran it.
 */
public final class HandOverExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(HandOverExecutor.class);

    private final Executor target;
    private final Executor threads;

    /**
     * Creates an executor.
     *
     * @param target the application's executor
     * @param threads the pool that hands tasks over; creates a thread for each task that needs one
     */
    public HandOverExecutor(Executor target, Executor threads) {
        this.target = target;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> handOver(task));
    }

    private void handOver(Runnable task) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable once = () -> {
            if (begun.compareAndSet(false, true)) {
                task.run();
            }
        };
        try {
            target.execute(once);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "event=callbackExecutorRefuses consequence=\"callbacks run on a thread of the library\" cause=\"{}\"",
                    e.toString());
            once.run();
        }
    }
}
