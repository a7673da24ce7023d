package dev.videosession.session.internal.loop;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Owns the state of one session: every change happens in a task of its loop, and everything else only enqueues. Many
 * loops share few threads; nothing must be closed.
 */
public final class SessionLoop implements Executor {
    private final SerialExecutor tasks;
    private final Scheduler scheduler;
    private final LongSupplier millisClock;
    private final LongSupplier wallClock;
    private final RandomGenerator random;

    /**
     * Makes a loop on the threads of the library and the system's clock.
     *
     * @param name for the log
     */
    public SessionLoop(String name) {
        this(
                name,
                SharedThreads.loops(),
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                System::currentTimeMillis);
    }

    /**
     * Makes a loop on other threads and other clocks.
     *
     * @param name for the log
     * @param scheduler where tasks and timers run
     * @param millisClock milliseconds, never going back; may stand still while the machine sleeps
     * @param wallClock milliseconds since 1970; goes on while the machine sleeps
     */
    public SessionLoop(String name, Scheduler scheduler, LongSupplier millisClock, LongSupplier wallClock) {
        this(name, scheduler, millisClock, wallClock, new SplittableRandom());
    }

    /**
     * Makes a loop that can be replayed, because chance comes from outside, too.
     *
     * @param name for the log
     * @param scheduler where tasks and timers run
     * @param millisClock milliseconds, never going back; may stand still while the machine sleeps
     * @param wallClock milliseconds since 1970; goes on while the machine sleeps
     * @param random for waits that differ from client to client; used by tasks of this loop only
     */
    public SessionLoop(
            String name,
            Scheduler scheduler,
            LongSupplier millisClock,
            LongSupplier wallClock,
            RandomGenerator random) {
        this.tasks = new SerialExecutor(name, scheduler::scheduleDirect);
        this.scheduler = scheduler;
        this.millisClock = millisClock;
        this.wallClock = wallClock;
        this.random = random;
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
        timer.pending = scheduler.scheduleDirect(
                () -> tasks.execute(() -> {
                    if (!timer.cancelled) {
                        task.run();
                    }
                }),
                delayMillis,
                TimeUnit.MILLISECONDS);
        return timer;
    }

    /**
     * Returns the time for measuring durations.
     *
     * @return milliseconds since an arbitrary moment
     */
    public long nowMillis() {
        return millisClock.getAsLong();
    }

    /**
     * Returns the time of day, to compare with {@link #nowMillis()} over a sleep of the machine.
     *
     * @return milliseconds since 1970; may jump
     */
    public long wallMillis() {
        return wallClock.getAsLong();
    }

    /**
     * Returns where random times come from; for tasks of this loop.
     *
     * @return the generator
     */
    public RandomGenerator random() {
        return random;
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
        private volatile @Nullable Disposable pending;

        private Timer() {}

        /** Keeps the task from running. On the loop this is certain: a task cancelled there never runs afterwards. */
        public void cancel() {
            cancelled = true;
            Disposable waiting = pending;
            if (waiting != null) {
                waiting.dispose();
            }
        }
    }
}
