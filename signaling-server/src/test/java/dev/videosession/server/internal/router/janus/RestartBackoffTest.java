package dev.videosession.server.internal.router.janus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.router.janus.session.JanusTimings;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final JanusTimings TIMINGS = new JanusTimings(1, 1, 1, 1, 1, 1, 250, 30_000, 10_000);

    private final RestartBackoff backoff = new RestartBackoff(TIMINGS, RandomGenerator.of("L64X128MixRandom"));

    @Test
    void firstFailureCostsNoWaitAndFurtherOnesDouble() {
        assertThat(backoff.next()).isZero();
        long longest = 250;
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next()).isBetween(longest / 2, longest);
            longest = Math.min(30_000, 2 * longest);
        }
        assertThat(backoff.failures()).isEqualTo(101);
    }

    @Test
    void routersThatFailTogetherDoNotStartTogether() {
        RestartBackoff other = new RestartBackoff(TIMINGS, RandomGenerator.of("Xoroshiro128PlusPlus"));
        boolean differ = false;
        for (int i = 0; i < 20; i++) {
            differ |= backoff.next() != other.next();
        }
        assertThat(differ).isTrue();
    }

    @Test
    void onlyAJanusThatWorksLongerThanItWaitedIsStable() {
        backoff.next();
        assertThat(backoff.stableMillis()).isEqualTo(10_000);
        long wait = 0;
        for (int i = 0; i < 20; i++) {
            wait = backoff.next();
        }
        assertThat(backoff.stableMillis()).isEqualTo(wait).isGreaterThan(10_000);
        backoff.reset();
        assertThat(backoff.failures()).isZero();
        assertThat(backoff.stableMillis()).isEqualTo(10_000);
        assertThat(backoff.next()).isZero();
    }
}
