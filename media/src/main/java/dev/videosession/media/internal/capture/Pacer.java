package dev.videosession.media.internal.capture;

import dev.videosession.media.source.Capture;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs a task at a fixed rate. A late tick runs at once. If it is more than ten periods late, the missed ticks are
 * skipped.
 */
public final class Pacer implements Capture {
    private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);
    private static final int SKIP_AFTER_PERIODS = 10;
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final Thread thread;
    private final TimeSource time;
    private final long periodNanos;
    private final Runnable tick;
    private final Runnable onEnded;
    private volatile boolean closed;

    private Pacer(TimeSource time, String name, long periodNanos, Runnable tick, Runnable onEnded) {
        this.time = time;
        this.periodNanos = periodNanos;
        this.tick = tick;
        this.onEnded = onEnded;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Starts to tick.
     *
     * @param time decides when a tick is due
     * @param name of the thread
     * @param periodNanos from tick to tick
     * @param tick run on the thread; if it throws, the pacer ends
     * @param onEnded called on the thread when the pacer has ended by itself
     * @return the running pacer; closing it waits for a tick that runs
     */
    public static Pacer start(TimeSource time, String name, long periodNanos, Runnable tick, Runnable onEnded) {
        Pacer pacer = new Pacer(time, name, periodNanos, tick, onEnded);
        pacer.thread.start();
        return pacer;
    }

    private void run() {
        long due = time.nanos();
        while (!closed) {
            long wait = due - time.nanos();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            if (wait < -SKIP_AFTER_PERIODS * periodNanos) {
                due = time.nanos();
            }
            due += periodNanos;
            try {
                tick.run();
            } catch (Exception | Error e) { // the native side throws both without declaring them
                if (!closed) {
                    LOG.warn("event=sourceFailed thread={}", thread.getName(), e);
                    closed = true;
                    onEnded.run();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        boolean interrupted = false;
        long deadline = time.nanos() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        while (thread.isAlive() && time.nanos() < deadline) {
            try {
                thread.join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
