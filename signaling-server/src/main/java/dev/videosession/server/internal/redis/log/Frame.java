package dev.videosession.server.internal.redis.log;

import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.ConnectionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;

/** What servers send each other on their channels: JSON objects with a {@code kind} and the prefix of a session's keys. */
final class Frame {
    /** The number of hops of a message that is not sent on. */
    static final int LAST_HOP = 1;

    private Frame() {}

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

    /** Writes a message for one connection. */
    static byte[] message(String prefix, ConnectionId to, byte[] message, int hops) {
        return message(prefix, to, hops).write(message).writeByte('}').readByteArray();
    }

    /** Writes the beginning of a message for one connection: the script that sends it adds the message and <code>}</code>. */
    static byte[] beginMessage(String prefix, ConnectionId to) {
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
}
