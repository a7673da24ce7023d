package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import dev.videosession.session.internal.link.FallbackJudge.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FallbackJudgeTest {
    private final FallbackJudge judge = new FallbackJudge(0);
    private final List<String> verdicts = new ArrayList<>();
    private int second;

    /** One measurement a second; notes what is decided, and when. */
    private void measure(boolean poor, int seconds) {
        for (int i = 0; i < seconds; i++) {
            Action verdict = judge.judge(second * 1000L, poor);
            if (verdict != Action.NOTHING) {
                verdicts.add(second + " " + verdict);
            }
            second++;
        }
    }

    @Test
    void aGoodLinkIsLeftAlone() {
        measure(false, 100);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void aShortDipIsNoReasonToWarn() {
        measure(false, 10);
        measure(true, 3);
        measure(false, 10);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void aWarningIsLiftedWhenTheLinkRecovers() {
        measure(true, 5);
        measure(false, 10);
        assertThat(verdicts).containsExactly("3 WARN", "10 LIFT_WARNING");
        assertThat(judge.isAudioOnly()).isFalse();
    }

    @Test
    void poorLinkLosesItsVideoUntilATrialSucceeds() {
        measure(true, 18);
        assertThat(verdicts).containsExactly("3 WARN", "8 DISABLE");
        assertThat(judge.isAudioOnly()).isTrue();
        measure(false, 20);
        assertThat(verdicts).containsExactly("3 WARN", "8 DISABLE", "18 ENABLE");
        assertThat(judge.isAudioOnly()).isFalse();
    }

    @Test
    void trialsThatFailBecomeRarer() {
        measure(true, 400);
        assertThat(verdicts)
                .containsExactly(
                        "3 WARN",
                        "8 DISABLE",
                        "18 ENABLE",
                        "23 DISABLE",
                        "43 ENABLE",
                        "48 DISABLE",
                        "88 ENABLE",
                        "93 DISABLE",
                        "173 ENABLE",
                        "178 DISABLE",
                        "258 ENABLE",
                        "263 DISABLE",
                        "343 ENABLE",
                        "348 DISABLE");
    }

    @Test
    void smallVideoAndOwnLimitsNeedLess() {
        assertThat(LinkQuality.BITRATE.isPoor(stats(640, 360, 149_000), 0)).isTrue();
        assertThat(LinkQuality.BITRATE.isPoor(stats(640, 360, 151_000), 0)).isFalse();
        assertThat(LinkQuality.BITRATE.isPoor(stats(160, 120, 100_000), 0)).isFalse();
        assertThat(LinkQuality.BITRATE.isPoor(stats(640, 360, 100_000), 90_000)).isFalse();
        assertThat(LinkQuality.BITRATE.isPoor(stats(640, 360, 0), 0))
                .as("not known yet")
                .isFalse();
    }

    private static LinkStats stats(int width, int height, long available) {
        return new LinkStats(
                0, 0, 0, 0, 0, width, height, 0, 0, available, 0, "", Map.of(), List.of(), 0, ReceivedVideo.NONE, 0, 0);
    }
}
