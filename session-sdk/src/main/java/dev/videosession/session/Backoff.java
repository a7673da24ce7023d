package dev.videosession.session;

import java.util.random.RandomGenerator;

/**
 * Waits between attempts to come back: a random time between nothing and a limit that doubles, from the first attempt on,
 * so that the clients of a restarted server do not return all at once.
 */
final class Backoff {
    private static final long FIRST_LIMIT_MILLIS = 200;
    private static final long LAST_LIMIT_MILLIS = 4_000;

    private final RandomGenerator random;
    private long limit = FIRST_LIMIT_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the next wait in milliseconds. */
    long next() {
        long wait = random.nextLong(limit + 1);
        limit = Math.min(limit * 2, LAST_LIMIT_MILLIS);
        return wait;
    }
}
