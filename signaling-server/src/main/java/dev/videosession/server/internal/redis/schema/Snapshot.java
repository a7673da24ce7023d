package dev.videosession.server.internal.redis.schema;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.videosession.server.internal.state.LoggedEvent;
import java.io.IOException;
import java.util.List;
import okio.Buffer;

/** The state of a session at one point of its log, as Redis holds it: events that lead to this state. */
public final class Snapshot {
    private Snapshot() {}

    /**
     * Writes a snapshot.
     *
     * @param json writes events
     * @param events that lead to the state
     * @return the snapshot as JSON
     */
    public static byte[] write(EventJson json, List<LoggedEvent> events) {
        Buffer buffer = new Buffer()
                .writeUtf8("{\"v\":")
                .writeDecimalLong(StoredEntry.VERSION)
                .writeUtf8(",\"events\":");
        json.write(buffer, events, events.size(), (event, sequence, utf8) -> {});
        return buffer.writeByte('}').readByteArray();
    }

    /** Reads a snapshot; fails with {@link JsonDataException} if this release cannot. */
    static List<LoggedEvent> read(EventJson json, byte[] data) {
        List<LoggedEvent> events = List.of();
        try (JsonReader reader = JsonReader.of(new Buffer().write(data))) {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "v" -> StoredEntry.requireReadable(reader.nextInt());
                    case "events" -> events = json.read(reader);
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
        } catch (IOException e) {
            throw new JsonDataException("a snapshot is not JSON", e);
        }
        return events;
    }
}
