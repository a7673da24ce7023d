package dev.videosession.session.loop;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in order, on the threads of another executor. A task that throws is logged and does not stop
 * those behind it. If the other executor refuses, the tasks run on the fallback, so that none is lost.
 */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
    /** Tasks run in one go before the thread is given back to the other users of the executor. */
    private static final int BATCH = 64;

    private final String name;
    private final Executor threads;
    private final Executor fallback;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean scheduled;
    private volatile @Nullable Thread current;

    /**
     * Makes one without a fallback.
     *
     * @param name for the log
     * @param threads where tasks run
     */
    public SerialExecutor(String name, Executor threads) {
        this(name, threads, threads);
    }

    /**
     * Makes one.
     *
     * @param name for the log
     * @param threads where tasks run
     * @param fallback where they run if {@code threads} refuses them
     */
    public SerialExecutor(String name, Executor threads, Executor fallback) {
        this.name = name;
        this.threads = threads;
        this.fallback = fallback;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    /**
     * Tells whether the caller is a task of this executor.
     *
     * @return true on its current thread
     */
    public boolean isCurrent() {
        return Thread.currentThread() == current;
    }

    private void schedule() {
        // an executor may fail after it took the batch: it runs once whoever runs it
        AtomicBoolean begun = new AtomicBoolean();
        Runnable batch = () -> {
            if (begun.compareAndSet(false, true)) {
                runBatch();
            }
        };
        try {
            threads.execute(batch);
        } catch (RuntimeException | Error e) {
            LOG.warn("executor of {} refuses tasks, they run on a thread of the library: {}", name, e.toString());
            fallback.execute(batch);
        }
    }

    private void runBatch() {
        current = Thread.currentThread();
        for (int i = 0; i < BATCH; i++) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    // before another thread may begin: it sets the owner next
                    current = null;
                    scheduled = false;
                    return;
                }
            }
            run(task);
        }
        current = null;
        schedule();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: a task failed", name, e);
        }
    }
}
