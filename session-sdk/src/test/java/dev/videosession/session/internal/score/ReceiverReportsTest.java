package dev.videosession.session.internal.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiverReportsTest {
    private final ReceiverReports reports = new ReceiverReports();
    private long now;
    private long clock = 1_700_000_000_000L;
    private long audio;
    private long audioLost;
    private long video;
    private long videoLost;

    private void report(long afterMillis) {
        now += afterMillis;
        clock += afterMillis;
        reports.add(now, stats());
    }

    private LinkStats stats() {
        LayerStats layer = new LayerStats("", 640, 360, 30, 0, video, videoLost, true, LayerStats.Limitation.NONE);
        return new LinkStats(
                0,
                audio + video,
                audioLost + videoLost,
                0,
                30,
                640,
                360,
                20,
                0,
                0,
                0,
                "",
                Map.of(),
                List.of(layer),
                clock,
                ReceivedVideo.NONE,
                0,
                0);
    }

    private PacketLoss loss() {
        return reports.since(now, 400);
    }

    private void sendVideo(long lost) {
        audio += 50;
        video += 100;
        videoLost += lost;
        report(1000);
    }

    private void sendAudioOnly(long lost) {
        audio += 250;
        audioLost += lost;
        report(5000);
    }

    @Test
    void lossesOfVideoAreCountedWhileVideoIsSent() {
        sendVideo(0);
        sendVideo(10);
        audioLost += 40; // its report is old
        assertThat(loss()).isEqualTo(new PacketLoss(100, 10));
    }

    @Test
    void lossesOfAudioAreCountedWhenVideoIsNoLongerSent() {
        sendVideo(0);
        sendVideo(0);
        sendAudioOnly(0);
        assertThat(loss()).as("packets of two kinds cannot be compared").isEqualTo(PacketLoss.UNKNOWN);
        sendAudioOnly(50);
        assertThat(loss()).isEqualTo(new PacketLoss(250, 50));
        sendVideo(0);
        sendVideo(7);
        assertThat(loss()).isEqualTo(new PacketLoss(100, 7));
    }

    @Test
    void clockThatIsSetBackBeginsAnew() {
        sendVideo(0);
        sendVideo(10);
        clock -= 3_600_000;
        sendVideo(0);
        assertThat(loss()).isEqualTo(PacketLoss.UNKNOWN);
        sendVideo(20);
        assertThat(loss()).isEqualTo(new PacketLoss(100, 20));
    }

    @Test
    void sameReportCountsOnce() {
        sendVideo(0);
        sendVideo(10);
        reports.add(now + 500, stats());
        assertThat(loss()).isEqualTo(new PacketLoss(100, 10));
        assertThat(reports.since(now + 9_000, 400)).as("an old report").isEqualTo(PacketLoss.UNKNOWN);
    }
}
