package dev.videosession.server.internal.rest.call;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import okio.Buffer;

/** Writes JSON. */
public final class Json {
    private Json() {}

    /** Writes one value. */
    @FunctionalInterface
    public interface Body {
        void writeTo(JsonWriter writer) throws IOException;
    }

    public static String write(Body body) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setSerializeNulls(true);
            body.writeTo(writer);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return buffer.readUtf8();
    }
}
