package dev.videosession.server.internal.router.janus;

import dev.videosession.server.internal.router.janus.session.JanusTimings;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a Janus is started again: not at all after the first failure, then twice as long each time, with jitter.
 * Confined to an event loop.
 */
final class RestartBackoff {
    private static final int MAX_DOUBLINGS = 16;

    private final JanusTimings timings;
    private final RandomGenerator random;
    private int failures;
    private long lastMillis;

    /**
     * Begins without a failure.
     *
     * @param timings the shortest and the longest wait
     * @param random spreads the waits
     */
    RestartBackoff(JanusTimings timings, RandomGenerator random) {
        this.timings = timings;
        this.random = random;
    }

    /** {@return the milliseconds to wait after one more failure: a random part, at least half, of the longest wait at this point} */
    long next() {
        int doublings = Math.min(failures++ - 1, MAX_DOUBLINGS);
        if (doublings < 0) {
            lastMillis = 0;
        } else {
            long longest = Math.min(timings.maxBackoffMillis(), timings.backoffMillis() << doublings);
            lastMillis = random.nextLong(longest / 2, longest + 1);
        }
        return lastMillis;
    }

    /** {@return how many failures there were since the Janus was last stable} */
    int failures() {
        return failures;
    }

    /** {@return after how many milliseconds of work the Janus counts as stable: longer than the last wait} */
    long stableMillis() {
        return Math.max(timings.stableMillis(), lastMillis);
    }

    /** The Janus is stable: its next failure is the first again. */
    void reset() {
        failures = 0;
        lastMillis = 0;
    }
}
