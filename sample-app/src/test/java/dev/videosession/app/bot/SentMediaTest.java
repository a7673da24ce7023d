package dev.videosession.app.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import dev.videosession.protocol.ConnectionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentMediaTest {
    @Test
    void aRoutedPublicationReportsItsLayers() {
        LinkStats link = link(
                70_000,
                new LayerStats("0", 320, 180, 29.97, 10_000, 10, 0, true, LayerStats.Limitation.NONE),
                new LayerStats("1", 640, 360, 0, 20_000, 20, 0, false, LayerStats.Limitation.NONE));
        assertThat(json(Map.of(new ConnectionId("router"), link)))
                .endsWith("\"links\":1,\"bytesSent\":70000,\"layers\":["
                        + "{\"link\":\"router\",\"rid\":\"0\",\"width\":320,\"height\":180,\"fps\":30.0,"
                        + "\"bytesSent\":10000,\"active\":true},"
                        + "{\"link\":\"router\",\"rid\":\"1\",\"width\":640,\"height\":360,\"fps\":0.0,"
                        + "\"bytesSent\":20000,\"active\":false}]}");
    }

    @Test
    void bytesOfSeveralLinksAreAdded() {
        LayerStats layer = new LayerStats("", 640, 360, 30, 900, 1, 0, true, LayerStats.Limitation.NONE);
        assertThat(json(Map.of(
                        new ConnectionId("c-1"), link(1_000, layer),
                        new ConnectionId("c-2"), link(2_000, layer))))
                .contains("\"links\":2,\"bytesSent\":3000,\"layers\":[{\"link\":\"c-");
    }

    @Test
    void withoutALinkNothingIsSent() {
        assertThat(json(Map.of())).endsWith("\"links\":0,\"bytesSent\":0,\"layers\":[]}");
    }

    private static LinkStats link(long bytes, LayerStats... layers) {
        return new LinkStats(
                bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", Map.of(), List.of(layers), 0, ReceivedVideo.NONE, 0, 0);
    }

    private static String json(Map<ConnectionId, LinkStats> links) {
        return SentMedia.report(Line.of("publisherMedia"), links).json();
    }
}
