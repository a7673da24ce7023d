package dev.videosession.session.internal.connection;

import java.util.random.RandomGenerator;

/**
 * Waits before attempts to connect: a random time from 0 to a limit, from the first attempt on, so that the clients of a
 * restarted server do not return all at once. The limit doubles, but stays below a second for the first attempts: most
 * interruptions are short, and a client should be back within a second.
 */
final class Backoff {
    static final int EARLY_ATTEMPTS = 8;
    static final long EARLY_LIMIT_MILLIS = 800;
    static final long LAST_LIMIT_MILLIS = 4_000;
    private static final long FIRST_LIMIT_MILLIS = 200;

    private final RandomGenerator random;
    private long limit = FIRST_LIMIT_MILLIS;
    private int attempts;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** {@return the next wait in milliseconds} */
    long next() {
        long wait = random.nextLong(limit + 1);
        attempts++;
        limit = Math.min(limit * 2, attempts < EARLY_ATTEMPTS ? EARLY_LIMIT_MILLIS : LAST_LIMIT_MILLIS);
        return wait;
    }
}
