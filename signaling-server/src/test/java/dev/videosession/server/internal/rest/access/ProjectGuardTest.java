package dev.videosession.server.internal.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.RestRate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProjectGuardTest {
    private final ProjectGuard guard = new ProjectGuard(new RestRate(10, 20), 0);

    @Test
    void idIsNewOnceUntilItsTokenEnds() {
        assertThat(guard.isNew("a", 100, 50)).isTrue();
        assertThat(guard.isNew("a", 100, 99)).isFalse();
        assertThat(guard.isNew("b", 300, 99)).isTrue();
        assertThat(guard.isNew("a", 400, 100)).isTrue();
        assertThat(guard.isNew("b", 300, 200)).isFalse();
    }

    @Test
    void oldestIdIsForgottenWhenThereIsNoRoom() {
        for (int i = 0; i < ProjectGuard.MAX_IDS; i++) {
            assertThat(guard.isNew("id " + i, 1000, 0)).isTrue();
        }
        assertThat(guard.isNew("one more", 1000, 0)).isTrue();
        assertThat(guard.isNew("id 1", 1000, 0)).isFalse();
        assertThat(guard.isNew("id 0", 1000, 0)).isTrue();
    }

    @Test
    void rateHoldsOnTheAverageAndPermitsABurst() {
        int burst = 0;
        while (guard.permits(0)) {
            burst++;
        }
        assertThat(burst).isEqualTo(20);
        assertThat(guard.permits(TimeUnit.MILLISECONDS.toNanos(100))).isTrue();
        assertThat(guard.permits(TimeUnit.MILLISECONDS.toNanos(101))).isFalse();
    }
}
