package dev.videosession.session.internal.loop;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in order, on the threads of another executor. A task that throws is logged and does not stop
 * those behind it.
 */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);
    /** Tasks run in one go before the thread is given back to the other users of the executor. */
    private static final int BATCH = 64;

    private final String name;
    private final Executor threads;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean scheduled;
    private volatile @Nullable Thread current;

    /**
     * Creates an executor.
     *
     * @param name for the log
     * @param threads where tasks run; takes every task
     */
    public SerialExecutor(String name, Executor threads) {
        this.name = name;
        this.threads = threads;
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
        threads.execute(this::runBatch);
    }

    /** {@return whether the caller is a task of this executor} */
    public boolean isCurrent() {
        return Thread.currentThread() == current;
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
        threads.execute(this::runBatch);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("event=taskFailed executor={}", name, e);
        }
    }
}
