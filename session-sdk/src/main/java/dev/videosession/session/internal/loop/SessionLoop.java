package dev.videosession.session.internal.loop;

import dev.videosession.protocol.time.TimeSource;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Owns the state of one session: every change happens in a task of its loop, and everything else only enqueues. Many
 * loops share few threads; nothing must be closed.
 */
public final class SessionLoop implements Executor {
    private final SerialExecutor tasks;
    private final Scheduler scheduler;
    private final TimeSource time;
    private final RandomGenerator random;

    /**
     * Creates a loop on the threads of the library, with the clocks of this machine.
     *
     * @param name for the log
     */
    public SessionLoop(String name) {
        this(name, SharedThreads.loops(), TimeSource.system());
    }

    /**
     * Creates a loop on other threads and with other clocks.
     *
     * @param name for the log
     * @param scheduler runs tasks and timers
     * @param time the clocks; the monotonic one may stop while the machine sleeps, the wall clock goes on
     */
    public SessionLoop(String name, Scheduler scheduler, TimeSource time) {
        this(name, scheduler, time, new SplittableRandom());
    }

    /**
     * Creates a loop that can be replayed, because its random numbers are given, too.
     *
     * @param name for the log
     * @param scheduler runs tasks and timers
     * @param time the clocks; the monotonic one may stop while the machine sleeps, the wall clock goes on
     * @param random for waits that differ from client to client; used by tasks of this loop only
     */
    public SessionLoop(String name, Scheduler scheduler, TimeSource time, RandomGenerator random) {
        this.tasks = new SerialExecutor(name, scheduler::scheduleDirect);
        this.scheduler = scheduler;
        this.time = time;
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

    /** {@return the monotonic clock, in milliseconds since an arbitrary origin} */
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(time.nanos());
    }

    /** {@return the wall clock, in milliseconds since 1970; compare with {@link #nowMillis()} to detect a sleep of the machine} */
    public long wallMillis() {
        return time.millis();
    }

    /** {@return the source of random waits; for tasks of this loop} */
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
