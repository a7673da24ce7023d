package dev.videosession.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimeSourceTest {
    @Test
    void combinesAMonotonicClockWithAWallClock() {
        Instant now = Instant.ofEpochMilli(1_767_225_600_123L);
        TimeSource time = TimeSource.of(() -> -5, Clock.fixed(now, ZoneOffset.UTC));

        assertThat(time.nanos()).isEqualTo(-5);
        assertThat(time.instant()).isEqualTo(now);
        assertThat(time.millis()).isEqualTo(now.toEpochMilli());
    }

    @Test
    void theClocksOfTheMachineGoOn() {
        TimeSource time = TimeSource.system();
        long nanos = time.nanos();
        long millis = System.currentTimeMillis();

        assertThat(time.nanos()).isGreaterThanOrEqualTo(nanos);
        assertThat(time.millis()).isBetween(millis, millis + 60_000);
    }
}
