package dev.videosession.media.stats;

import java.util.Map;

/**
 * One entry of the native statistics report, unchanged (W3C <i>Identifiers for WebRTC's Statistics API</i>).
 *
 * @param id unique within the report
 * @param type such as {@code inbound-rtp}, {@code outbound-rtp}, {@code remote-inbound-rtp}, {@code candidate-pair}
 * @param timestampMicros wall clock in microseconds since 1970
 * @param values the other members by their W3C names: numbers, texts, truth values, or lists of them
 */
public record RtcStats(String id, String type, long timestampMicros, Map<String, Object> values) {
    /** Copies the map. */
    public RtcStats {
        values = Map.copyOf(values);
    }
}
