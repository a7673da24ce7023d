package dev.videosession.server.internal.limit;

import dev.videosession.server.settings.ServerLimits;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many clients connect and resume in a second. Those above the rate are refused with a time at which to come
 * back, each with a later one than the one before, so that a thousand clients that lost a server do not all return at
 * the same moment. A part of the rate is for resumes only, so that no flood of newcomers keeps a client from returning.
 * Thread-safe.
 */
public final class EntryRate {
    private final TokenBucket shared;
    private final TokenBucket reserved;
    private final long slotNanos;
    private long lastSlotNanos;

    /**
     * Makes a rate.
     *
     * @param limits how many may enter
     * @param nowNanos the time, in nanoseconds of any origin
     */
    public EntryRate(ServerLimits limits, long nowNanos) {
        int reservedRate = ResumeReserve.of(limits, limits.entriesPerSecond());
        int reservedBurst = ResumeReserve.of(limits, limits.entryBurst());
        this.reserved = new TokenBucket(reservedRate, reservedBurst, nowNanos);
        this.shared = new TokenBucket(
                limits.entriesPerSecond() - reservedRate, limits.entryBurst() - reservedBurst, nowNanos);
        this.slotNanos = TimeUnit.SECONDS.toNanos(1) / limits.entriesPerSecond();
        this.lastSlotNanos = nowNanos;
    }

    /**
     * Asks for entry with a valid token.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     * @param longestWaitMillis the longest wait that makes sense
     * @return 0 if the client may enter, or how long it should wait, in milliseconds
     */
    public synchronized long connect(long nowNanos, long longestWaitMillis) {
        return shared.take(1, nowNanos) ? 0 : nextSlot(nowNanos, longestWaitMillis);
    }

    /**
     * Asks for return with a valid resume key.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     * @param longestWaitMillis the longest wait that makes sense
     * @return 0 if the client may return, or how long it should wait, in milliseconds
     */
    public synchronized long resume(long nowNanos, long longestWaitMillis) {
        boolean permitted = reserved.take(1, nowNanos) || shared.take(1, nowNanos);
        return permitted ? 0 : nextSlot(nowNanos, longestWaitMillis);
    }

    private long nextSlot(long nowNanos, long longestWaitMillis) {
        if (lastSlotNanos - nowNanos < 0) {
            lastSlotNanos = nowNanos;
        }
        long longestNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(1, longestWaitMillis));
        lastSlotNanos = Math.min(lastSlotNanos + slotNanos, nowNanos + longestNanos);
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(lastSlotNanos - nowNanos));
    }
}
