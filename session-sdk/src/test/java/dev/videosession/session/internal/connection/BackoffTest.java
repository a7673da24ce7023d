package dev.videosession.session.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void waitsStayBelowASecondForTheFirstAttemptsAndThenGrowToTheirLimit() {
        Backoff backoff = new Backoff(LONGEST);
        assertThat(LongStream.generate(backoff::next).limit(12))
                .containsExactly(200L, 400L, 800L, 800L, 800L, 800L, 800L, 800L, 1_600L, 3_200L, 4_000L, 4_000L);
    }

    /** A server that returns a second after the loss is found within the next second, for almost every random delay. */
    @Test
    void anAttemptFollowsASecondsAbsenceWithinASecond() {
        Random random = new Random(7);
        int late = 0;
        for (int trial = 0; trial < 10_000; trial++) {
            Backoff backoff = new Backoff(random);
            long at = 0;
            while (at < 1_000) {
                at += backoff.next();
            }
            if (at > 2_000) {
                late++;
            }
        }
        assertThat(late).isLessThan(10);
    }
}
