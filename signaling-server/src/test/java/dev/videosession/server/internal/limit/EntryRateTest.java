package dev.videosession.server.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.ServerLimits;
import org.junit.jupiter.api.Test;

class EntryRateTest {
    private final EntryRate rate = new EntryRate(
            ServerLimits.builder().entryRate(100, 10).resumeReservePercent(20).build(), 0);

    private int connects() {
        int count = 0;
        while (rate.connect(0, 1000) == 0) {
            count++;
        }
        return count;
    }

    private int resumes() {
        int count = 0;
        while (rate.resume(0, 1000) == 0) {
            count++;
        }
        return count;
    }

    @Test
    void connectsLeaveAShareForResumes() {
        assertThat(connects()).isEqualTo(8);
        assertThat(resumes()).isEqualTo(2);
    }

    @Test
    void resumesMayUseTheWholeRate() {
        assertThat(resumes()).isEqualTo(10);
        assertThat(connects()).isZero();
    }
}
