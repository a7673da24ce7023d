package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bots in a session that goes through a media router. */
class RoutedBotIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void thePublisherReportsItsLayersAndASubscriberChoosesAmongThem() throws Exception {
        try (LiveSession call = LiveSession.routed(directory)) {
            Child ada = call.bot("ada", call.token("publisher"), "--video", "1280x720@30");
            Child ben = call.bot("ben", call.token("subscriber"), "--no-publish");
            String stream = LiveSession.stream(ada);
            ben.event("media", LIMIT, width(1280));
            Map<String, Object> sent = ada.event("publisherMedia", LIMIT, widths(320, 640, 1280));
            assertThat(sent).containsEntry("links", 1.0).containsEntry("streamId", stream);
            assertThat(Bots.number(sent, "bytesSent"))
                    .isGreaterThanOrEqualTo(Bots.layers(sent).stream()
                            .mapToDouble(layer -> Bots.number(layer, "bytesSent"))
                            .sum());

            ben.send("{\"do\":\"preferredResolution\",\"stream\":\"" + stream + "\",\"width\":320,\"height\":180}");
            ben.event("done", LIMIT, event -> "preferredResolution".equals(event.get("do")));
            ben.event("media", LIMIT, width(320));
            ben.send("{\"do\":\"preferredFrameRate\",\"stream\":\"" + stream + "\",\"frameRate\":7}");
            ben.event("media", LIMIT, width(320).and(event -> Bots.number(event, "fps") < 10));
            Map<String, Object> fewer = ada.event(
                    "publisherMedia",
                    LIMIT,
                    event -> Bots.layers(event).stream()
                            .anyMatch(layer -> layer.get("active").equals(false)));
            assertThat(Bots.layers(fewer)).hasSize(3);
            int seen = ben.events().size();
            ben.send("{\"do\":\"preferredResolution\",\"stream\":\"" + stream + "\"}");
            ben.event("media", LIMIT, seen, width(1280));

            ben.send("{\"do\":\"preferredFrameRate\",\"stream\":\"none\"}");
            assertThat(ben.event("error", LIMIT)).containsEntry("do", "preferredFrameRate");
        }
    }

    private static Predicate<Map<String, Object>> widths(double... widths) {
        return event -> Arrays.equals(
                widths,
                Bots.layers(event).stream()
                        .mapToDouble(layer -> Bots.number(layer, "width"))
                        .toArray());
    }

    private static Predicate<Map<String, Object>> width(int width) {
        return event -> Bots.number(event, "width") == width;
    }
}
