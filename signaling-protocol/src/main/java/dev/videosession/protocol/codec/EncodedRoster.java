package dev.videosession.protocol.codec;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.StreamInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.Buffer;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The connections and streams of a session, kept in the form in which {@link MessageCodec} writes it, so that a message with a roster
 * costs references and not another encoding of everything in it. Made by {@link MessageCodec#newEncodedRoster()}. Not
 * thread-safe.
 */
public final class EncodedRoster {
    /** Stands for entries in a message; JSON has no such byte. */
    private static final byte PLACE = 1;

    private final JsonAdapter<ConnectionInfo> connectionAdapter;
    private final JsonAdapter<StreamInfo> streamAdapter;
    private final Map<ConnectionId, byte[]> connections = new LinkedHashMap<>();
    private final Map<StreamId, byte[]> streams = new LinkedHashMap<>();

    EncodedRoster(JsonAdapter<ConnectionInfo> connectionAdapter, JsonAdapter<StreamInfo> streamAdapter) {
        this.connectionAdapter = connectionAdapter;
        this.streamAdapter = streamAdapter;
    }

    /**
     * Adds a connection at the end, or changes one where it is.
     *
     * @param connection the connection
     */
    public void put(ConnectionInfo connection) {
        connections.put(connection.connectionId(), encode(connectionAdapter, connection));
    }

    /**
     * Takes a connection out.
     *
     * @param id its id; unknown ones are ignored
     */
    public void remove(ConnectionId id) {
        connections.remove(id);
    }

    /**
     * Adds a stream at the end, or changes one where it is.
     *
     * @param stream the stream
     */
    public void put(StreamInfo stream) {
        streams.put(stream.streamId(), encode(streamAdapter, stream));
    }

    /**
     * Takes a stream out.
     *
     * @param id its id; unknown ones are ignored
     */
    public void remove(StreamId id) {
        streams.remove(id);
    }

    private static <T> byte[] encode(JsonAdapter<T> adapter, T value) {
        return adapter.toJson(value).getBytes(StandardCharsets.UTF_8);
    }

    /** Puts the entries where {@link #writeTo} left a place for them; costs references to them, no copies. */
    EncodedMessage fill(Buffer message) {
        try {
            if (message.indexOf(PLACE) < 0) {
                return EncodedMessage.of(message.readByteArray()); // has no roster
            }
            byte[] start = message.readByteArray(message.indexOf(PLACE));
            message.skip(1);
            byte[] middle = message.readByteArray(message.indexOf(PLACE));
            message.skip(1);
            return EncodedMessage.of(start, connections.values(), middle, streams.values(), message.readByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static void writeTo(JsonWriter writer, Roster frame) throws IOException {
        writer.beginObject();
        writer.name("sequence").value(frame.sequence());
        writer.name("connections");
        leavePlace(writer);
        writer.name("streams");
        leavePlace(writer);
        writer.name("forceMuted").value(frame.forceMuted());
        writer.endObject();
    }

    private static void leavePlace(JsonWriter writer) throws IOException {
        try (BufferedSink sink = writer.valueSink()) {
            sink.writeByte('[').writeByte(PLACE).writeByte(']');
        }
    }

    /** Writes the prepared form, if the writer has one with it. */
    static JsonAdapter<Roster> adapter(JsonAdapter<Roster> plain) {
        return new JsonAdapter<>() {
            @Override
            public @Nullable Roster fromJson(JsonReader reader) throws IOException {
                return plain.fromJson(reader);
            }

            @Override
            public void toJson(JsonWriter writer, @Nullable Roster roster) throws IOException {
                EncodedRoster prepared = writer.tag(EncodedRoster.class);
                if (prepared == null || roster == null) {
                    plain.toJson(writer, roster);
                } else {
                    writeTo(writer, roster);
                }
            }
        };
    }
}
