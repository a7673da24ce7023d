package dev.videosession.app.bot;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a publisher sends over its media links. */
final class SentMedia {
    private SentMedia() {}

    /**
     * Adds {@code links}, {@code bytesSent} and {@code layers} to a line: the number of links, the payload bytes sent over them,
     * and each encoding of the video on each link.
     */
    static Line report(Line line, Map<ConnectionId, LinkStats> links) {
        List<Map<String, Object>> layers = links.entrySet().stream()
                .flatMap(link -> link.getValue().layers().stream().map(layer -> layer(link.getKey(), layer)))
                .toList();
        return line.with("links", links.size())
                .with(
                        "bytesSent",
                        links.values().stream().mapToLong(LinkStats::bytes).sum())
                .with("layers", layers);
    }

    private static Map<String, Object> layer(ConnectionId link, LayerStats layer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("link", link.value());
        fields.put("rid", layer.rid());
        fields.put("width", layer.width());
        fields.put("height", layer.height());
        fields.put("fps", FeedMeter.tenths(layer.framesPerSecond()));
        fields.put("bytesSent", layer.bytes());
        fields.put("active", layer.active());
        return fields;
    }
}
