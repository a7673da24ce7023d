package dev.videosession.server.internal.redis.schema;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.redis.RedisLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import okio.BufferedSource;

/** A message from a server or a script on a server's channel: a JSON object. Absent fields are empty. */
public final class Frame {
    /** The kind of a notice of a server to itself. */
    public static final String ECHO = "echo";
    /** The number of hops of a message that is not sent on. */
    public static final int LAST_HOP = 1;

    private String kind = "";
    private String key = "";
    private String connection = "";
    private byte[] message = {};
    private int hops;
    private int bytes;
    private final List<StoredEntry> entries = new ArrayList<>(1);

    private Frame() {}

    /** {@return a notice of a server to itself} */
    public static byte[] echo() {
        return RedisLink.bytes("{\"kind\":\"" + ECHO + "\"}");
    }

    /** Writes the beginning of a message with entries: the script that appends them adds them and {@code ]}}. */
    static byte[] beginEntries(String prefix) {
        Buffer buffer = new Buffer().writeUtf8("{\"kind\":\"entries\",\"key\":");
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setLenient(true); // a value without an object around it
            writer.value(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.writeUtf8(",\"entries\":[").readByteArray();
    }

    /**
     * Writes a message for one connection.
     *
     * @param prefix of the session's keys
     * @param to the connection
     * @param message the message as JSON
     * @param hops how many servers have sent it on
     * @return the frame
     */
    public static byte[] message(String prefix, ConnectionId to, byte[] message, int hops) {
        return message(prefix, to, hops).write(message).writeByte('}').readByteArray();
    }

    /**
     * Writes the beginning of a message for one connection: the script that sends it adds the message and <code>}</code>.
     *
     * @param prefix of the session's keys
     * @param to the connection
     * @return the beginning of the frame
     */
    public static byte[] beginMessage(String prefix, ConnectionId to) {
        return message(prefix, to, LAST_HOP).readByteArray();
    }

    private static Buffer message(String prefix, ConnectionId to, int hops) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            writer.name("kind").value("message");
            writer.name("key").value(prefix);
            writer.name("connection").value(to.value());
            writer.name("hops").value(hops);
            writer.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Buffer begun = new Buffer();
        begun.write(buffer, buffer.size() - 1);
        return begun.writeUtf8(",\"message\":");
    }

    /**
     * Reads a frame. Unknown fields are ignored.
     *
     * @param json reads events
     * @param data the frame
     * @return what it says
     * @throws IOException if it is not JSON
     * @throws JsonDataException if this release cannot read it
     */
    public static Frame read(EventJson json, byte[] data) throws IOException {
        try (JsonReader reader = JsonReader.of(new Buffer().write(data))) {
            return read(json, reader);
        }
    }

    private static Frame read(EventJson json, JsonReader reader) throws IOException {
        Frame frame = new Frame();
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "kind" -> frame.kind = reader.nextString();
                case "key" -> frame.key = reader.nextString();
                case "connection" -> frame.connection = reader.nextString();
                case "hops" -> frame.hops = reader.nextInt();
                case "bytes" -> frame.bytes = reader.nextInt();
                case "message" -> {
                    try (BufferedSource raw = reader.nextSource()) {
                        frame.message = raw.readByteArray();
                    }
                }
                case "entries" -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        frame.entries.add(StoredEntry.read(json, reader));
                    }
                    reader.endArray();
                }
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return frame;
    }

    /** {@return what it is} */
    public String kind() {
        return kind;
    }

    /** {@return the prefix of the session's keys} */
    public String key() {
        return key;
    }

    /** {@return the id of the connection that it is about} */
    public String connection() {
        return connection;
    }

    /** {@return the message for the connection as JSON, which must not be changed} */
    public byte[] message() {
        return message;
    }

    /** {@return how many servers have sent the message on} */
    public int hops() {
        return hops;
    }

    /** {@return the length of the message that waits for the connection} */
    public int bytes() {
        return bytes;
    }

    /** {@return the entries that were appended to the session's log} */
    public List<StoredEntry> entries() {
        return entries;
    }
}
