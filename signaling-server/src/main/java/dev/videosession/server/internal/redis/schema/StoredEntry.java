package dev.videosession.server.internal.redis.schema;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.state.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;

/**
 * An entry as Redis holds it. It names the nonce of the entry before it, so that a reader notices if the log that it followed
 * was replaced by another.
 *
 * @param entry the entry
 * @param previousNonce of the entry before it, 0 if it is the first
 */
public record StoredEntry(LogEntry entry, long previousNonce) {
    /** Version of the form in which this release writes. It reads versions up to this one. */
    static final int VERSION = 1;

    /**
     * Returns whether this entry comes next.
     *
     * @param position of the entry before
     * @return whether no entry is missing between them
     */
    public boolean follows(Position position) {
        return entry.position().sequence() - entry.events().size() == position.sequence()
                && previousNonce == position.nonce();
    }

    /** {@return the position of this entry} */
    public Position position() {
        return entry.position();
    }

    static byte[] write(
            EventJson json,
            Position position,
            long previousNonce,
            List<LoggedEvent> events,
            EventJson.Listener listener) {
        Buffer buffer = new Buffer()
                .writeUtf8("{\"v\":")
                .writeDecimalLong(VERSION)
                .writeUtf8(",\"sequence\":")
                .writeDecimalLong(position.sequence())
                .writeUtf8(",\"nonce\":")
                .writeDecimalLong(position.nonce())
                .writeUtf8(",\"previous\":")
                .writeDecimalLong(previousNonce)
                .writeUtf8(",\"events\":");
        json.write(buffer, events, position.sequence(), listener);
        return buffer.writeByte('}').readByteArray();
    }

    /** Reads an entry; fails with {@link JsonDataException} if this release cannot. */
    static StoredEntry read(EventJson json, byte[] data) {
        try (JsonReader reader = JsonReader.of(new Buffer().write(data))) {
            return read(json, reader);
        } catch (IOException e) {
            throw new JsonDataException("an entry of a log is not JSON", e);
        }
    }

    /** Reads the entries that a script has returned; fails with {@link JsonDataException} if this release cannot. */
    static List<StoredEntry> readAll(EventJson json, List<Object> stored) {
        List<StoredEntry> entries = new ArrayList<>(stored.size());
        for (Object item : stored) {
            List<?> fields = (List<?>) ((List<?>) item).get(1);
            entries.add(read(json, (byte[]) fields.get(3)));
        }
        return entries;
    }

    static StoredEntry read(EventJson json, JsonReader reader) throws IOException {
        long sequence = 0;
        long nonce = 0;
        long previous = 0;
        List<LoggedEvent> events = List.of();
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "v" -> requireReadable(reader.nextInt());
                case "sequence" -> sequence = reader.nextLong();
                case "nonce" -> nonce = reader.nextLong();
                case "previous" -> previous = reader.nextLong();
                case "events" -> events = json.read(reader);
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new StoredEntry(new LogEntry(new Position(sequence, nonce), events), previous);
    }

    static void requireReadable(int version) {
        if (version > VERSION) {
            throw new JsonDataException("a newer release wrote version " + version + ". This one reads version "
                    + VERSION + ": update this server.");
        }
    }
}
