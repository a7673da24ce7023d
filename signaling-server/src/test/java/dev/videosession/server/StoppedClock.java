package dev.videosession.server;

import dev.videosession.protocol.time.TimeSource;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that stands still or jumps while the wall clock goes on. */
final class StoppedClock implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();
    private volatile long stepNanos;
    private final AtomicBoolean broken = new AtomicBoolean();

    /** As if the process had stood still before each look at the clock. */
    static StoppedClock jumpingBy(long millis) {
        StoppedClock clock = new StoppedClock();
        clock.stepNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return clock;
    }

    void jump(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** The next one to look at it gets an exception. */
    void breakOnce() {
        broken.set(true);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        if (broken.getAndSet(false)) {
            throw new IllegalStateException("planned");
        }
        return nanos.addAndGet(stepNanos);
    }
}
