package dev.videosession.server.internal.webhook;

import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.LifecycleVisitor;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The webhook bodies of events, in the form of OpenTok's session monitoring. */
final class WebhookEvents {
    private final SessionId session;
    private final String project;
    private final long now;

    WebhookEvents(SessionId session, long now) {
        this.session = session;
        this.project =
                SessionIds.read(session).map(parts -> parts.project().value()).orElse("");
        this.now = now;
    }

    /** The fields that only some events have. */
    @FunctionalInterface
    private interface Details {
        void writeTo(JsonWriter writer) throws IOException;
    }

    /** The bodies that an event makes, in order; none for most types of events. */
    List<String> of(LoggedState before, LoggedEvent event) {
        return event.accept(new Bodies(before));
    }

    /** A session begins with its first connection and ends with its last. */
    private final class Bodies extends LifecycleVisitor<List<String>> {
        private final LoggedState before;

        Bodies(LoggedState before) {
            this.before = before;
        }

        @Override
        public List<String> onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            String created = body("connectionCreated", null, writer -> connection(writer, event.connection()));
            return before.connectionCount() == 0
                    ? List.of(body("sessionCreated", null, writer -> {}), created)
                    : List.of(created);
        }

        @Override
        public List<String> onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            List<String> bodies = new ArrayList<>();
            ConnectionInfo gone = before.connection(event.connectionId());
            if (gone != null) {
                bodies.add(body("connectionDestroyed", event.reason().wireName(), writer -> connection(writer, gone)));
            }
            if (before.connectionCount() == 1) {
                bodies.add(body("sessionDestroyed", null, writer -> {}));
            }
            return bodies;
        }

        @Override
        public List<String> onStreamCreated(LoggedEvent.StreamCreated event) {
            return List.of(body("streamCreated", null, writer -> stream(writer, before, event.stream())));
        }

        @Override
        public List<String> onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            StreamInfo gone = before.stream(event.streamId());
            return gone == null
                    ? List.of()
                    : List.of(
                            body("streamDestroyed", event.reason().wireName(), writer -> stream(writer, before, gone)));
        }

        @Override
        protected List<String> other() {
            return List.of();
        }
    }

    /** The server stops, and with it the session. */
    List<String> ofStop() {
        return List.of(
                body("sessionNotification", "serverRotation", writer -> {}),
                body("sessionDestroyed", "serverRotation", writer -> {}));
    }

    private String body(String event, @Nullable String reason, Details details) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            writer.name("sessionId").value(session.value());
            writer.name("projectId").value(project);
            writer.name("event").value(event);
            if (reason != null) {
                writer.name("reason").value(reason);
            }
            writer.name("timestamp").value(now);
            details.writeTo(writer);
            writer.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return buffer.readUtf8();
    }

    private static void connection(JsonWriter writer, ConnectionInfo connection) throws IOException {
        writer.name("connection").beginObject();
        writer.name("id").value(connection.connectionId().value());
        writer.name("createdAt").value(connection.creationTime());
        writer.name("data").value(connection.data());
        writer.endObject();
    }

    private static void stream(JsonWriter writer, LoggedState state, StreamInfo stream) throws IOException {
        writer.name("stream").beginObject();
        writer.name("id").value(stream.streamId().value());
        ConnectionId owner = stream.connectionId();
        ConnectionInfo connection = state.connection(owner);
        if (connection != null) {
            connection(writer, connection);
        }
        writer.name("createdAt").value(stream.creationTime());
        writer.name("name").value(stream.name());
        VideoType type = stream.videoType() == null ? VideoType.CAMERA : stream.videoType();
        writer.name("videoType").value(type.wireName());
        writer.endObject();
    }
}
