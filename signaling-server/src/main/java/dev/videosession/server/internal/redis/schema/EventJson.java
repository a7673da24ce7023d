package dev.videosession.server.internal.redis.schema;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.TokenPass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON: each is an object with the message that clients receive, in the form of the protocol, and with the fields that
 * only servers need. Unknown fields are ignored, so that servers of two releases can share a log. Thread-safe.
 */
public final class EventJson {
    private final MessageCodec codec;

    /** Gets the messages that are written. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A message was encoded.
         *
         * @param event the event
         * @param sequence its number
         * @param utf8 its message, which must not be changed
         */
        void encoded(LoggedEvent event, long sequence, byte[] utf8);
    }

    /**
     * Creates the form of events.
     *
     * @param codec encodes and decodes messages
     */
    public EventJson(MessageCodec codec) {
        this.codec = codec;
    }

    void write(Buffer buffer, List<LoggedEvent> events, long lastSequence, Listener listener) {
        long sequence = lastSequence - events.size();
        String separator = "[{\"event\":";
        for (int i = 0; i < events.size(); i++) {
            LoggedEvent event = events.get(i);
            sequence++;
            byte[] message = codec.encodeServerBytes(event.toWire(sequence));
            listener.encoded(event, sequence, message);
            buffer.writeUtf8(separator).write(message);
            writeRest(buffer, event);
            separator = "},{\"event\":";
        }
        buffer.writeUtf8(events.isEmpty() ? "[]" : "}]");
    }

    private static void writeRest(Buffer buffer, LoggedEvent event) {
        try {
            writeFields(buffer, event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeFields(Buffer buffer, LoggedEvent event) throws IOException {
        if (event instanceof LoggedEvent.ConnectionCreated created) {
            write(buffer.writeUtf8(",\"pass\":"), created.pass());
        } else if (event instanceof LoggedEvent.ConnectionDestroyed destroyed) {
            JsonWriter writer = JsonWriter.of(buffer.writeUtf8(",\"message\":"));
            writer.setLenient(true); // a value without an object around it
            writer.value(destroyed.message());
            TokenPass banned = destroyed.banned();
            if (banned != null) {
                write(buffer.writeUtf8(",\"banned\":"), banned);
            }
        }
    }

    private static void write(Buffer buffer, TokenPass pass) throws IOException {
        JsonWriter writer = JsonWriter.of(buffer);
        writer.beginObject();
        writer.name("fingerprint").value(pass.fingerprint());
        writer.name("expires").value(pass.expiresAtSeconds());
        writer.name("layoutClasses").beginArray();
        for (String name : pass.layoutClasses()) {
            writer.value(name);
        }
        writer.endArray();
        writer.endObject();
    }

    /** Reads events; fails with {@link JsonDataException} if this release cannot. */
    List<LoggedEvent> read(JsonReader reader) throws IOException {
        List<LoggedEvent> events = new ArrayList<>(1);
        reader.beginArray();
        while (reader.hasNext()) {
            events.add(readEvent(reader));
        }
        reader.endArray();
        return List.copyOf(events);
    }

    private LoggedEvent readEvent(JsonReader reader) throws IOException {
        String wire = null;
        TokenPass pass = null;
        TokenPass banned = null;
        String message = null;
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "event" -> wire = reader.nextSource().readUtf8();
                case "pass" -> pass = readPass(reader);
                case "banned" -> banned = readPass(reader);
                case "message" ->
                    message = reader.peek() == JsonReader.Token.NULL ? reader.nextNull() : reader.nextString();
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        if (wire == null) {
            throw new JsonDataException("an entry of a log has an event without a message");
        }
        try {
            if (codec.decodeServer(wire) instanceof SequencedEvent event) {
                return event.accept(new FromWire(pass, message, banned));
            }
        } catch (MessageException e) {
            throw new JsonDataException("an entry of a log has an event that this release cannot read", e);
        }
        throw new JsonDataException("an entry of a log has a message that is not an event");
    }

    private static TokenPass readPass(JsonReader reader) throws IOException {
        String fingerprint = "";
        long expires = 0;
        List<String> layoutClasses = new ArrayList<>(0);
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "fingerprint" -> fingerprint = reader.nextString();
                case "expires" -> expires = reader.nextLong();
                case "layoutClasses" -> {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        layoutClasses.add(reader.nextString());
                    }
                    reader.endArray();
                }
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new TokenPass(fingerprint, expires, layoutClasses);
    }

    /** Adds to a message what only servers know. */
    private record FromWire(
            @Nullable TokenPass pass,
            @Nullable String message,
            @Nullable TokenPass banned) implements SequencedEvent.Visitor<LoggedEvent> {
        @Override
        public LoggedEvent onConnectionCreated(SequencedEvent.ConnectionCreated event) {
            if (pass == null) {
                throw new JsonDataException("an entry of a log has a connection without a token");
            }
            return new LoggedEvent.ConnectionCreated(event.connection(), pass);
        }

        @Override
        public LoggedEvent onConnectionDestroyed(SequencedEvent.ConnectionDestroyed event) {
            return new LoggedEvent.ConnectionDestroyed(
                    event.connectionId(), event.reason(), event.detail(), message, banned);
        }

        @Override
        public LoggedEvent onConnectionReconnecting(SequencedEvent.ConnectionReconnecting event) {
            return new LoggedEvent.ConnectionReconnecting(event.connectionId());
        }

        @Override
        public LoggedEvent onConnectionReconnected(SequencedEvent.ConnectionReconnected event) {
            return new LoggedEvent.ConnectionReconnected(event.connectionId());
        }

        @Override
        public LoggedEvent onStreamCreated(SequencedEvent.StreamCreated event) {
            return new LoggedEvent.StreamCreated(event.stream());
        }

        @Override
        public LoggedEvent onStreamChanged(SequencedEvent.StreamChanged event) {
            return new LoggedEvent.StreamChanged(event.streamId(), event.change());
        }

        @Override
        public LoggedEvent onStreamDestroyed(SequencedEvent.StreamDestroyed event) {
            return new LoggedEvent.StreamDestroyed(event.streamId(), event.connectionId(), event.reason());
        }

        @Override
        public LoggedEvent onSignal(SequencedEvent.Signal event) {
            return new LoggedEvent.Signal(event.from(), event.signalType(), event.data());
        }

        @Override
        public LoggedEvent onMuteForced(SequencedEvent.MuteForced event) {
            return new LoggedEvent.MuteForced(event.active(), event.newStreams(), event.streamIds());
        }
    }

    /**
     * Writes a message as it is stored beside the log, or sent to another server.
     *
     * @param message the message
     * @return its form in UTF-8
     */
    public byte[] write(ServerMessage message) {
        return message instanceof LinkMessage.ReceptionReport forRouter
                ? codec.encodeClient(forRouter).getBytes(StandardCharsets.UTF_8) // no server sends it to a client
                : codec.encodeServerBytes(message);
    }

    /**
     * Reads a reply.
     *
     * @param json what {@link #write(ServerMessage)} has returned
     * @return the reply
     * @throws JsonDataException if it is another message, or this release cannot read it
     */
    public ServerMessage.Reply readReply(byte[] json) {
        if (readMessage(json) instanceof ServerMessage.Reply reply) {
            return reply;
        }
        throw new JsonDataException("a record of a reply holds another message");
    }

    /**
     * Reads a message.
     *
     * @param json what {@link #write(ServerMessage)} has returned
     * @return the message
     * @throws JsonDataException if this release cannot read it
     */
    public ServerMessage readMessage(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        try {
            return codec.decodeServer(text);
        } catch (MessageException e) {
            return readForRouter(text, e);
        }
    }

    private LinkMessage readForRouter(String text, MessageException notOfServer) {
        try {
            if (codec.decodeClient(text) instanceof LinkMessage message) {
                return message;
            }
        } catch (MessageException e) {
            notOfServer.addSuppressed(e);
        }
        throw new JsonDataException("a record has a message that this release cannot read", notOfServer);
    }
}
