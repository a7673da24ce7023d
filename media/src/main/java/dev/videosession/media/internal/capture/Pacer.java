package dev.videosession.media.internal.capture;

import dev.videosession.media.source.Capture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs a task at a fixed rate. A late tick runs at once. If it is more than ten periods late, the missed ticks are
 * skipped.
 */
final class Pacer implements Capture {
    private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);
    private static final int SKIP_AFTER_PERIODS = 10;
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private final Thread thread;
    private final long periodNanos;
    private final Runnable tick;
    private final Runnable onEnded;
    private volatile boolean closed;

    private Pacer(String name, long periodNanos, Runnable tick, Runnable onEnded) {
        this.periodNanos = periodNanos;
        this.tick = tick;
        this.onEnded = onEnded;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts to tick. If a tick throws, the pacer ends and calls {@code onEnded}. */
    static Pacer start(String name, long periodNanos, Runnable tick, Runnable onEnded) {
        Pacer pacer = new Pacer(name, periodNanos, tick, onEnded);
        pacer.thread.start();
        return pacer;
    }

    private void run() {
        long due = System.nanoTime();
        while (!closed) {
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
                continue;
            }
            if (wait < -SKIP_AFTER_PERIODS * periodNanos) {
                due = System.nanoTime();
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
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(JOIN_MILLIS);
        while (thread.isAlive() && System.nanoTime() < deadline) {
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
