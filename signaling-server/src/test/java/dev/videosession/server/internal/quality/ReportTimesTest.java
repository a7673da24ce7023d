package dev.videosession.server.internal.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the time covered by a report ended, however late the report arrives. */
class ReportTimesTest {
    private final ReportTimes times = new ReportTimes(10_000);

    @Test
    void reportsThatArriveOncePerSecondCountFromTheirArrival() {
        assertThat(times.next(11_020, 1_000)).isEqualTo(11_020);
        assertThat(times.next(12_410, 1_001)).isEqualTo(12_410);
        assertThat(times.next(13_020, 1_000)).isEqualTo(13_020);
    }

    @Test
    void reportsThatArriveTogetherCountFromWhenTheyWereMade() {
        assertThat(times.next(11_000, 1_000)).isEqualTo(11_000);
        assertThat(times.next(15_600, 1_000)).isEqualTo(12_000);
        assertThat(times.next(15_600, 1_000)).isEqualTo(13_000);
        assertThat(times.next(15_601, 1_000)).isEqualTo(14_000);
        assertThat(times.next(15_601, 1_000)).isEqualTo(15_000);
        assertThat(times.next(16_010, 1_000)).isEqualTo(16_000);
    }

    @Test
    void aSecondWithoutAReportIsForgottenAfterTheNextOne() {
        times.next(11_000, 1_000);
        assertThat(times.next(14_000, 1_000)).isEqualTo(12_000);
        assertThat(times.next(15_000, 1_000)).isEqualTo(15_000);
    }

    @Test
    void noReportIsOlderThanFifteenSecondsOrFromTheFuture() {
        times.next(11_000, 1_000);
        assertThat(times.next(100_000, 1_000)).isEqualTo(85_000);
        assertThat(times.next(100_000, 60_000)).isEqualTo(100_000);
    }
}
