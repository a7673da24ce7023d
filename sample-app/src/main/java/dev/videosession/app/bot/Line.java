package dev.videosession.app.bot;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of output: a JSON object that starts with {@code event} and {@code at}. Lives on one thread until written. */
final class Line {
    private static final JsonAdapter<Map<String, Object>> JSON = new Moshi.Builder()
            .build()
            .<Map<String, Object>>adapter(Types.newParameterizedType(Map.class, String.class, Object.class))
            .serializeNulls();

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private Line(String event, long at) {
        fields.put("event", event);
        fields.put("at", at);
    }

    static Line of(String event) {
        return new Line(event, System.currentTimeMillis());
    }

    /**
     * Adds a field; a null is written as such.
     *
     * @param value text, number, boolean, list, map or null
     */
    Line with(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    @SuppressWarnings("NullAway") // the adapter takes maps with null values: it writes them
    String json() {
        return escaped(JSON.toJson(fields));
    }

    /**
     * Escapes what the JSON writer leaves as it is and a terminal obeys or hides: DEL, C1 controls, and format characters such
     * as bidirectional overrides, except the joiners that words and emoji need. They occur inside strings only.
     */
    private static String escaped(String json) {
        StringBuilder safe = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean joiner = c == '\u200C' || c == '\u200D';
            if (Character.isISOControl(c) || (Character.getType(c) == Character.FORMAT && !joiner)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
