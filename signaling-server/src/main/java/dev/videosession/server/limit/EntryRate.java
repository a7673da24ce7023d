package dev.videosession.server.limit;

import java.util.concurrent.TimeUnit;

/**
 * Bounds how many clients enter in a second. Those above the rate are sent away with a time at which to come back, each
 * with a later one than the one before, so that a thousand who lost a server do not all return at the same moment.
 * Thread-safe.
 */
public final class EntryRate {
    private final TokenBucket bucket;
    private final long slotNanos;
    private long lastSlotNanos;

    /**
     * Makes a rate.
     *
     * @param limits how many may enter
     * @param nowNanos the time, in nanoseconds of any origin
     */
    public EntryRate(ServerLimits limits, long nowNanos) {
        this.bucket = new TokenBucket(limits.entriesPerSecond(), limits.entryBurst(), nowNanos);
        this.slotNanos = TimeUnit.SECONDS.toNanos(1) / limits.entriesPerSecond();
        this.lastSlotNanos = nowNanos;
    }

    /**
     * Asks for entry.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     * @param longestWaitMillis the longest wait that makes sense
     * @return 0 if the client may enter, or how long it should wait, in milliseconds
     */
    public synchronized long enter(long nowNanos, long longestWaitMillis) {
        if (bucket.take(1, nowNanos)) {
            return 0;
        }
        if (lastSlotNanos - nowNanos < 0) {
            lastSlotNanos = nowNanos;
        }
        long longestNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(1, longestWaitMillis));
        lastSlotNanos = Math.min(lastSlotNanos + slotNanos, nowNanos + longestNanos);
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(lastSlotNanos - nowNanos));
    }
}
