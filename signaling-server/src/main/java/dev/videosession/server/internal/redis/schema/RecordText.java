package dev.videosession.server.internal.redis.schema;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.ClientRecord;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.EndRecord;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.state.Link;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Side records as text. What scripts compare comes first, separated by spaces: a connection is
 * {@code epoch lastResume JSON}, a link {@code subscriber publisher JSON}.
 */
public final class RecordText {
    private RecordText() {}

    /** Writes what follows the epoch and the resume id in the record of a connection. */
    static byte[] write(@Nullable ClientRecord client) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            writer.name("v").value(StoredEntry.VERSION);
            if (client != null) {
                writer.name("newestKey").value(client.newestKey());
                writer.name("usedKey").value(client.usedKey());
                writer.name("connectionEvents").value(client.connectionEvents());
                writer.name("origin").value(client.origin());
                writer.name("usedOrigin").value(client.usedOrigin());
                List<String> features = client.features();
                if (features != null) {
                    writer.name("features").beginArray();
                    for (String feature : features) {
                        writer.value(feature);
                    }
                    writer.endArray();
                }
            }
            writer.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.readByteArray();
    }

    /**
     * Reads the record of a connection.
     *
     * @param id the connection
     * @param text its record
     * @return the record
     * @throws JsonDataException if this release cannot read it
     */
    public static ConnectionRecord connection(ConnectionId id, String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3) {
            throw new JsonDataException("the record of a connection is damaged");
        }
        try {
            return new ConnectionRecord(id, Long.parseLong(parts[0]), Long.parseLong(parts[1]), client(parts[2]));
        } catch (NumberFormatException e) {
            throw new JsonDataException("the record of a connection is damaged", e);
        }
    }

    private static @Nullable ClientRecord client(String json) {
        String newest = null;
        String used = "";
        String origin = "";
        String usedOrigin = "";
        boolean events = true;
        List<String> features = null;
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "v" -> StoredEntry.requireReadable(reader.nextInt());
                    case "newestKey" -> newest = reader.nextString();
                    case "usedKey" -> used = reader.nextString();
                    case "connectionEvents" -> events = reader.nextBoolean();
                    case "origin" -> origin = reader.nextString();
                    case "usedOrigin" -> usedOrigin = reader.nextString();
                    case "features" -> features = texts(reader);
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
        } catch (IOException e) {
            throw new JsonDataException("the record of a connection is not JSON", e);
        }
        return newest == null ? null : new ClientRecord(newest, used, events, features, origin, usedOrigin);
    }

    private static List<String> texts(JsonReader reader) throws IOException {
        List<String> texts = new ArrayList<>(2);
        reader.beginArray();
        while (reader.hasNext()) {
            texts.add(reader.nextString());
        }
        reader.endArray();
        return texts;
    }

    /** Writes what follows the subscriber in the record of a link. */
    static byte[] write(EventJson json, Link link) {
        byte[] opened = json.write(
                new ServerMessage.LinkOpened(link.linkId(), link.streamId(), link.subscriber(), link.subscription()));
        return new Buffer()
                .writeUtf8(link.publisher().value())
                .writeByte(' ')
                .write(opened)
                .readByteArray();
    }

    /**
     * Reads the record of a link.
     *
     * @param json reads messages
     * @param text the record, with the subscriber in front
     * @return the link
     * @throws JsonDataException if this release cannot read it
     */
    public static Link link(EventJson json, String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length == 3
                && json.readMessage(RedisLink.bytes(parts[2])) instanceof ServerMessage.LinkOpened opened) {
            return new Link(
                    opened.linkId(),
                    opened.streamId(),
                    new ConnectionId(parts[1]),
                    opened.subscriber(),
                    opened.subscription());
        }
        throw new JsonDataException("the record of a link is damaged");
    }

    /**
     * Reads how a connection ended.
     *
     * @param json reads messages
     * @param id the connection
     * @param text the record of its end
     * @return the end, or null if no client can resume the connection
     * @throws JsonDataException if this release cannot read it
     */
    public static @Nullable EndRecord end(EventJson json, ConnectionId id, String text) {
        String record = "";
        String message = "";
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "record" -> record = reader.nextString();
                    case "message" -> message = reader.nextString();
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
        } catch (IOException e) {
            throw new JsonDataException("the record of an ended connection is not JSON", e);
        }
        ClientRecord client = connection(id, record).client();
        return client != null
                        && json.readMessage(RedisLink.bytes(message)) instanceof ServerMessage.Disconnected disconnected
                ? new EndRecord(disconnected, client)
                : null;
    }
}
