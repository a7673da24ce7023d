package dev.videosession.session.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns the state of one session: every change happens in a task of its loop, and everything else only enqueues. Many
 * loops share few threads; nothing must be closed.
 */
public final class Loop implements Executor {
    private final SerialExecutor tasks;
    private final ScheduledExecutorService timers;
    private final LongSupplier nanoClock;

    /**
     * Makes a loop on the threads of the library and the system's clock.
     *
     * @param name for the log
     */
    public Loop(String name) {
        this(name, SharedThreads.loops(), System::nanoTime);
    }

    /**
     * Makes a loop on other threads and another clock.
     *
     * @param name for the log
     * @param timers where tasks and timers run
     * @param nanoClock nanoseconds, never going back
     */
    public Loop(String name, ScheduledExecutorService timers, LongSupplier nanoClock) {
        this.tasks = new SerialExecutor(name, timers);
        this.timers = timers;
        this.nanoClock = nanoClock;
    }

    @Override
    public void execute(Runnable task) {
        tasks.execute(task);
    }

    /**
     * Runs a task on the loop later.
     *
     * @param delayMillis how much later, in milliseconds
     * @param task what to run
     * @return cancels it, as long as it has not begun
     */
    public Timer schedule(long delayMillis, Runnable task) {
        Timer timer = new Timer();
        ScheduledFuture<?> future = timers.schedule(
                () -> tasks.execute(() -> {
                    if (!timer.cancelled) {
                        task.run();
                    }
                }),
                delayMillis,
                TimeUnit.MILLISECONDS);
        timer.future = future;
        return timer;
    }

    /**
     * Returns the time for measuring durations.
     *
     * @return milliseconds since an arbitrary moment
     */
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong());
    }

    /** Fails if the caller is not a task of this loop. */
    public void assertInLoop() {
        if (!tasks.isCurrent()) {
            throw new IllegalStateException("state of a session touched outside of its loop by "
                    + Thread.currentThread().getName());
        }
    }

    /** A task that waits for its time. */
    public static final class Timer {
        private volatile boolean cancelled;
        private volatile @Nullable Future<?> future;

        private Timer() {}

        /** Keeps the task from running. On the loop this is certain: a task cancelled there never runs afterwards. */
        public void cancel() {
            cancelled = true;
            Future<?> pending = future;
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }
}
