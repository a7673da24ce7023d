package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
    private static final LeaseTimes TIMES = new LeaseTimes(5000, 1000);

    private final LeaseClock clock = new LeaseClock(TIMES);

    private static long at(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void renewEachSecond(long from, long to) {
        for (long now = from; now <= to; now += 1000) {
            clock.renewed(at(now), 1000);
        }
    }

    @Test
    void nothingIsHeldBeforeTheFirstRenewal() {
        assertThat(clock.isHeld(at(0))).isFalse();
        assertThat(clock.mayJudge(at(10_000))).isFalse();
        assertThat(clock.age(at(10_000))).isZero();
    }

    @Test
    void leaseEndsFiveSecondsAfterTheRequestThatRenewedIt() {
        clock.renewed(at(1000), 0);
        assertThat(clock.isHeld(at(5999))).isTrue();
        assertThat(clock.isHeld(at(6000))).isFalse();
        assertThat(clock.age(at(6000))).isEqualTo(at(5000));
    }

    @Test
    void nodeJudgesOnlyAfterAWholeLeaseOfRenewals() {
        renewEachSecond(0, 4000);
        assertThat(clock.mayJudge(at(4999))).isFalse();
        renewEachSecond(5000, 5000);
        assertThat(clock.mayJudge(at(5000))).isTrue();
    }

    @Test
    void failedRenewalDelaysTheJudgementByAWholeLease() {
        renewEachSecond(0, 5000);
        clock.failed(at(5500));
        assertThat(clock.mayJudge(at(5500))).isFalse();
        renewEachSecond(6000, 10_000);
        assertThat(clock.mayJudge(at(10_499))).isFalse();
        assertThat(clock.mayJudge(at(10_500))).isTrue();
    }

    @Test
    void gapThatOnlyRedisHasSeenDelaysTheJudgement() {
        renewEachSecond(0, 6000);
        clock.renewed(at(7000), 30_000); // this process and its clock were suspended together with Redis
        assertThat(clock.mayJudge(at(7000))).isFalse();
        renewEachSecond(8000, 12_000);
        assertThat(clock.mayJudge(at(12_000))).isTrue();
    }

    @Test
    void suspendedNodeDeclaresNoNodeDeadWhenItContinues() {
        renewEachSecond(0, 6000);
        assertThat(clock.mayJudge(at(36_000))).isFalse();
        clock.renewed(at(36_000), 1000);
        assertThat(clock.mayJudge(at(36_500))).isFalse();
    }

    @Test
    void lostLeaseIsNotHeldWhateverTheClockSays() {
        renewEachSecond(0, 6000);
        clock.lost();
        assertThat(clock.isHeld(at(6000))).isFalse();
        assertThat(clock.mayJudge(at(6000))).isFalse();
    }
}
