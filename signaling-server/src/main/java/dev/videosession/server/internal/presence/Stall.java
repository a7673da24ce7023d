package dev.videosession.server.internal.presence;

import java.util.concurrent.TimeUnit;

/**
 * A timer that fires late shows that this process, or this thread of it, stood still. That time is not held against
 * clients, which could not be heard meanwhile.
 */
public final class Stall {
    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private Stall() {}

    /**
     * Measures a stall.
     *
     * @param dueNanos when a timer should have fired
     * @param nowNanos when it fired
     * @return for how long nothing happened, in nanoseconds; 0 if the timer was about on time
     */
    public static long nanos(long dueNanos, long nowNanos) {
        long late = nowNanos - dueNanos;
        return late > TOLERANCE_NANOS ? late : 0;
    }
}
