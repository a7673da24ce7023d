package dev.videosession.server.internal.rest.call;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.videosession.protocol.text.WellFormedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The JSON object in the body of a call. Fields that the call does not use are ignored; null counts as missing. */
public final class JsonBody {
    private final Map<?, ?> fields;
    private final String path;

    private JsonBody(Map<?, ?> fields, String path) {
        this.fields = fields;
        this.path = path;
    }

    /** No text at all counts as an empty object: some libraries send nothing where nothing is to be said. */
    static JsonBody parse(String text) throws RestException {
        if (text.isBlank()) {
            return new JsonBody(Map.of(), "");
        }
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
            Object value = reader.readJsonValue();
            if (value instanceof Map<?, ?> fields && reader.peek() == JsonReader.Token.END_DOCUMENT) {
                return new JsonBody(fields, "");
            }
            throw new RestException(400, "The body must be one JSON object.");
        } catch (IOException | JsonDataException e) {
            throw new RestException(400, "The body is malformed: it must be one JSON object.", e);
        }
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    public boolean isText(String name) {
        return fields.get(name) instanceof String;
    }

    @Nullable
    public String text(String name) throws RestException {
        Object value = fields.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return wellFormed(name, text);
        }
        throw new RestException(400, path + name + " must be a string");
    }

    private String wellFormed(String name, String text) throws RestException {
        if (!WellFormedText.isWellFormed(text)) {
            throw new RestException(400, path + name + " is not valid Unicode: half of a surrogate pair is in it");
        }
        return text;
    }

    public String requireText(String name) throws RestException {
        String text = text(name);
        if (text == null || text.isEmpty()) {
            throw new RestException(400, path + name + " is missing");
        }
        return text;
    }

    /** One library writes true and false as strings. */
    @Nullable
    public Boolean flag(String name) throws RestException {
        Object value = fields.get(name);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        if (value instanceof String text && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
            return Boolean.valueOf(text);
        }
        throw new RestException(400, path + name + " must be true or false");
    }

    /** An absent list is an empty one. */
    public List<String> texts(String name) throws RestException {
        List<String> texts = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof String text)) {
                throw new RestException(400, path + name + " must hold strings");
            }
            texts.add(wellFormed(name, text));
        }
        return texts;
    }

    public List<JsonBody> objects(String name) throws RestException {
        List<JsonBody> objects = new ArrayList<>();
        for (Object value : list(name)) {
            if (!(value instanceof Map<?, ?> inner)) {
                throw new RestException(400, path + name + " must hold objects");
            }
            objects.add(new JsonBody(inner, path + name + "."));
        }
        return objects;
    }

    private List<?> list(String name) throws RestException {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new RestException(400, path + name + " must be a list");
    }
}
