package dev.videosession.app.routed;

import java.util.List;
import java.util.Map;

/** Reads what bots report. */
final class Bots {
    private Bots() {}

    /** A number of an event, 0 if the field is missing. */
    static double number(Map<String, Object> event, String field) {
        return event.get(field) instanceof Double value ? value : 0;
    }

    /** The encodings of a {@code publisherMedia} event. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> layers(Map<String, Object> event) {
        return event.get("layers") instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }
}
