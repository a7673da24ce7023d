package dev.videosession.protocol.codec;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.text.WellFormedText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into JSON and back. A message is one JSON object whose {@code type} names it; its other fields are the
 * components of the record. Unknown fields are ignored, wrong or missing ones are refused. Thread-safe; holds nothing
 * that must be closed.
 */
public final class MessageCodec {
    /** Version of the protocol that this codec speaks. */
    public static final int PROTOCOL_VERSION = 1;

    private final Side<ClientMessage> client;
    private final Side<ServerMessage> server;
    private final JsonAdapter<ConnectionInfo> connections;
    private final JsonAdapter<StreamInfo> streams;

    /** Makes a codec. Making one costs some milliseconds of reflection: keep it. */
    public MessageCodec() {
        Moshi plain = StrictAdapters.addTo(new Moshi.Builder()).build();
        Moshi moshi = plain.newBuilder()
                .add(Roster.class, EncodedRoster.adapter(plain.adapter(Roster.class)))
                .build();
        connections = moshi.adapter(ConnectionInfo.class);
        streams = moshi.adapter(StreamInfo.class);
        client = new Side<>(moshi, MessageTypes.CLIENT);
        server = new Side<>(moshi, MessageTypes.SERVER);
    }

    /**
     * Reads what a client sent.
     *
     * @param json one message
     * @return the message
     * @throws MessageException if it is none; no other exception leaves this method
     */
    public ClientMessage decodeClient(String json) throws MessageException {
        return client.decode(json);
    }

    /**
     * Reads what the server sent.
     *
     * @param json one message
     * @return the message
     * @throws MessageException if it is none; no other exception leaves this method
     */
    public ServerMessage decodeServer(String json) throws MessageException {
        return server.decode(json);
    }

    /**
     * Finds the sequence number of an event that this version cannot read, so that it is counted as seen.
     *
     * @param json what {@link #decodeServer} refused
     * @return its number; empty if it has none
     */
    public OptionalLong sequenceOf(String json) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.nextName().equals("sequence")) {
                    return OptionalLong.of(reader.nextLong());
                }
                reader.skipValue();
            }
        } catch (IOException | JsonDataException e) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /**
     * Writes a client's message.
     *
     * @param message the message
     * @return one line of JSON
     */
    public String encodeClient(ClientMessage message) {
        return client.encode(message, null).readUtf8();
    }

    /**
     * Writes a server's message.
     *
     * @param message the message
     * @return one line of JSON
     */
    public String encodeServer(ServerMessage message) {
        return server.encode(message, null).readUtf8();
    }

    /**
     * Writes a server's message as the bytes of one WebSocket text frame.
     *
     * @param message the message
     * @return one line of JSON in UTF-8
     */
    public byte[] encodeServerBytes(ServerMessage message) {
        return server.encode(message, null).readByteArray();
    }

    /**
     * Writes a server's message that holds a roster, whose connections and streams are taken from a prepared one.
     *
     * @param message the message; of its roster only the sequence and {@code forceMuted} count
     * @param prepared the connections and streams
     * @return one line of JSON in UTF-8
     */
    public EncodedMessage encodeServer(ServerMessage message, EncodedRoster prepared) {
        return prepared.fill(server.encode(message, prepared));
    }

    /**
     * Prepares for messages with a roster.
     *
     * @return an empty roster
     */
    public EncodedRoster newEncodedRoster() {
        return new EncodedRoster(connections, streams);
    }

    /** What is read of a message before its type decides how to read the rest. */
    private record Header(String type, @Nullable Long id) {}

    private static final class Side<M> {
        private final Map<String, JsonAdapter<? extends M>> readers = new HashMap<>();
        private final Map<Class<?>, String> names = new HashMap<>();

        Side(Moshi moshi, Map<String, Class<? extends M>> types) {
            types.forEach((name, type) -> {
                readers.put(name, moshi.adapter(type));
                names.put(type, name);
            });
        }

        M decode(String json) throws MessageException {
            Header header = readHeader(json);
            JsonAdapter<? extends M> adapter = readers.get(header.type);
            if (adapter == null) {
                throw new MessageException(
                        ErrorCode.NOT_SUPPORTED, header.id, "unknown message type " + excerpt(header.type), null);
            }
            try {
                M message = adapter.fromJson(json);
                if (message == null) {
                    throw new MessageException(ErrorCode.BADLY_FORMED, header.id, "a JSON object expected", null);
                }
                return message;
            } catch (JsonDataException e) {
                throw invalid(header, e);
            } catch (AssertionError e) {
                // Moshi reports what a record's constructor threw in this way
                if (e.getCause() instanceof IllegalArgumentException refusal) {
                    throw invalid(header, refusal);
                }
                throw e;
            } catch (IOException e) {
                throw new MessageException(ErrorCode.BADLY_FORMED, header.id, "malformed JSON", e);
            }
        }

        private static MessageException invalid(Header header, RuntimeException e) {
            return new MessageException(
                    ErrorCode.INVALID_PARAMETER, header.id, header.type + ": " + excerpt(e.getMessage()), e);
        }

        Buffer encode(M message, @Nullable EncodedRoster prepared) {
            String name = names.get(message.getClass());
            if (name == null) {
                throw new IllegalArgumentException("not a message of this side: " + message.getClass());
            }
            Buffer buffer = new Buffer();
            try (JsonWriter writer = JsonWriter.of(buffer)) {
                if (prepared != null) {
                    writer.setTag(EncodedRoster.class, prepared);
                }
                writer.beginObject();
                writer.name("type").value(name);
                int scope = writer.beginFlatten();
                writerOf(name).toJson(writer, message);
                writer.endFlatten(scope);
                writer.endObject();
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory failed", e);
            }
            return buffer;
        }

        @SuppressWarnings("unchecked") // the map was filled with the adapter of the class that has this name
        private JsonAdapter<M> writerOf(String name) {
            return (JsonAdapter<M>) Objects.requireNonNull(readers.get(name));
        }

        /** Walks over the top level once; this also proves that the whole text is one well-formed object. */
        private static Header readHeader(String json) throws MessageException {
            String type = null;
            Long id = null;
            try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    if (name.equals("type") && reader.peek() == JsonReader.Token.STRING) {
                        type = reader.nextString();
                    } else if (name.equals("id") && reader.peek() == JsonReader.Token.NUMBER) {
                        id = reader.nextLong();
                    } else {
                        reader.skipValue();
                    }
                }
                reader.endObject();
                if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                    throw new MessageException(ErrorCode.BADLY_FORMED, id, "text after the JSON object", null);
                }
            } catch (IOException | JsonDataException | IllegalArgumentException e) {
                throw new MessageException(ErrorCode.BADLY_FORMED, id, "malformed JSON, one object expected", e);
            }
            if (type == null) {
                throw new MessageException(ErrorCode.BADLY_FORMED, id, "type is missing", null);
            }
            return new Header(type, id);
        }

        private static String excerpt(@Nullable String text) {
            if (text == null) {
                return "a field is missing";
            }
            return WellFormedText.shorten(text, 160) + (text.length() <= 160 ? "" : "...");
        }
    }
}
