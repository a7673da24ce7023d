package dev.videosession.server.internal.link.routed;

import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt in a row: some follow at once, then the waits double, with jitter. */
final class RetryDelays {
    private static final int MAX_DOUBLINGS = 20;

    private final int atOnce;
    private final long firstMillis;
    private final long maxMillis;
    private int attempts;

    /**
     * Starts without an attempt.
     *
     * @param atOnce how many attempts follow without a wait
     * @param firstMillis the longest wait before the attempt after those
     * @param maxMillis the longest wait of all
     */
    RetryDelays(int atOnce, long firstMillis, long maxMillis) {
        this.atOnce = atOnce;
        this.firstMillis = firstMillis;
        this.maxMillis = maxMillis;
    }

    /** {@return the milliseconds to wait before the next attempt: a random part, at least half, of the longest wait} */
    long next() {
        int waits = attempts++ - atOnce;
        if (waits < 0) {
            return 0;
        }
        long longest = Math.min(maxMillis, firstMillis << Math.min(waits, MAX_DOUBLINGS));
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    /** An attempt succeeded: the next one is the first again. */
    void reset() {
        attempts = 0;
    }
}
