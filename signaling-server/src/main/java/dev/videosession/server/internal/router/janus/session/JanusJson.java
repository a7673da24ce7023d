package dev.videosession.server.internal.router.janus.session;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** A JSON object from Janus. A field of another type than the one asked for is an error, a missing one is null. */
public final class JanusJson {
    /** Janus's ids are random numbers below 2^53. */
    private static final double MAX_ID = 0x1p53;

    static final JanusJson EMPTY = new JanusJson(Map.of());

    private final Map<?, ?> fields;

    private JanusJson(Map<?, ?> fields) {
        this.fields = fields;
    }

    /**
     * Reads a message.
     *
     * @param text of Janus
     * @return the object
     * @throws JanusException if it is not one JSON object
     */
    public static JanusJson parse(String text) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
            if (reader.readJsonValue() instanceof Map<?, ?> fields && reader.peek() == JsonReader.Token.END_DOCUMENT) {
                return new JanusJson(fields);
            }
            throw new JanusException("Janus sent something that is not one JSON object");
        } catch (IOException | JsonDataException e) {
            throw new JanusException("Janus sent malformed JSON", e);
        }
    }

    /**
     * Writes a message.
     *
     * @param object its fields
     * @return the text
     */
    public static String write(Map<String, ?> object) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.jsonValue(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.readUtf8();
    }

    private static JanusException wrong(String name, String type) {
        return new JanusException("Janus sent a field " + name + " that is not " + type);
    }

    /**
     * Tells whether a field is there.
     *
     * @param name of the field
     * @return whether it has a value
     */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /**
     * Returns a text.
     *
     * @param name of the field
     * @return the text, or null
     */
    public @Nullable String text(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw wrong(name, "a string");
    }

    /**
     * Returns a text that must be there.
     *
     * @param name of the field
     * @return the text
     * @throws JanusException if the field is missing
     */
    public String requireText(String name) {
        String text = text(name);
        if (text == null) {
            throw new JanusException("Janus sent no field " + name);
        }
        return text;
    }

    /**
     * Returns an id, a code or a count.
     *
     * @param name of the field
     * @return the number, or 0 if there is none
     */
    public long number(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Double number && number >= 0 && number <= MAX_ID && number == Math.rint(number)) {
            return number.longValue();
        }
        throw wrong(name, "a whole number");
    }

    /**
     * Returns a truth value.
     *
     * @param name of the field
     * @return the value, or false if there is none
     */
    public boolean flag(String name) {
        Object value = fields.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw wrong(name, "true or false");
    }

    /**
     * Returns an object.
     *
     * @param name of the field
     * @return the object, or null
     */
    public @Nullable JanusJson object(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> inner) {
            return new JanusJson(inner);
        }
        throw wrong(name, "an object");
    }

    /**
     * Returns a list of objects.
     *
     * @param name of the field
     * @return the objects, or an empty list if there is none
     */
    public List<JanusJson> objects(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(name, "a list");
        }
        List<JanusJson> objects = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> inner)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new JanusJson(inner));
        }
        return objects;
    }

    /** {@return what the plugin said, or an empty object} */
    public JanusJson pluginData() {
        JanusJson outer = object("plugindata");
        JanusJson data = outer == null ? null : outer.object("data");
        return data == null ? EMPTY : data;
    }

    /**
     * Returns the session description.
     *
     * @param type offer or answer
     * @return its text, or null if there is none of this type
     */
    public @Nullable String sdp(String type) {
        JanusJson jsep = object("jsep");
        return jsep != null && type.equals(jsep.text("type")) ? jsep.requireText("sdp") : null;
    }
}
