package dev.videosession.app.faults;

import java.util.Map;

/** Reads what a bot tells. */
final class RecordedEvents {
    private RecordedEvents() {}

    static boolean is(Map<String, Object> event, String type) {
        return type.equals(event.get("event"));
    }

    static String text(Map<String, Object> event, String field) {
        return String.valueOf(event.get(field));
    }

    static double number(Map<String, Object> event, String field) {
        return event.get(field) instanceof Double value ? value : -1;
    }

    /** When it happened, in milliseconds since 1970. */
    static long at(Map<String, Object> event) {
        return (long) number(event, "at");
    }
}
