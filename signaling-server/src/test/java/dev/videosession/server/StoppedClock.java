package dev.videosession.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock for waits that stands still, or jumps, while the real one goes on. */
final class StoppedClock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong();
    private volatile long stepNanos;
    private volatile boolean broken;

    /** As if the process had stood still before each look at the clock. */
    static StoppedClock jumpingBy(long millis) {
        StoppedClock clock = new StoppedClock();
        clock.stepNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return clock;
    }

    void jump(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    void fail(boolean fails) {
        broken = fails;
    }

    @Override
    public long getAsLong() {
        if (broken) {
            throw new IllegalStateException("planned");
        }
        return nanos.addAndGet(stepNanos);
    }
}
