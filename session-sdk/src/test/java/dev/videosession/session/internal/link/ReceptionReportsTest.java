package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceptionReportsTest {
    private static final LinkId LINK = new LinkId("l-1");

    private static LinkStats stats(long bytes, long frames, ReceivedVideo received) {
        return new LinkStats(
                0, 0, 0, frames, 0, 0, 0, 0, 0, 0, 0, "", Map.of("video", bytes), List.of(), 0, received, 0, 0);
    }

    @Test
    void reportsWhatWasReceivedSinceTheLastReport() {
        LinkStats before = stats(30_000, 28, new ReceivedVideo(30, 2, 30, 900, 1, 300, 0));
        LinkStats now = stats(61_000, 47, new ReceivedVideo(61, 5, 50, 2_100, 2, 750, 0));
        assertThat(ReceptionReports.of(LINK, 1_000, before, now, 480))
                .isEqualTo(new LinkMessage.ReceptionReport(LINK, 1_000, 31, 3, 31_000, 60, 450, 480, 19));
    }

    @Test
    void impossibleValuesAreKeptWithinTheProtocol() {
        LinkStats before = stats(10, 9, new ReceivedVideo(10, 9, 10, 0, 0, 0, 0));
        LinkStats now = stats(5, 3, new ReceivedVideo(10, 3, 10, 0, 0, 1e9, 0));
        assertThat(ReceptionReports.of(LINK, 100_000, before, now, 480))
                .isEqualTo(new LinkMessage.ReceptionReport(LINK, 60_000, 0, 0, 0, 0, 60_000, 480, 0));
    }
}
