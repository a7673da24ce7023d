package dev.videosession.server.internal.webhook;

import com.squareup.moshi.JsonWriter;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ConnectionInfo;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.protocol.VideoType;
import dev.videosession.server.internal.state.SessionEvent;
import dev.videosession.server.internal.state.SessionState;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** What OpenTok's session monitoring says about events. */
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

    static boolean concerns(SessionEvent event) {
        return event instanceof SessionEvent.ConnectionCreated
                || event instanceof SessionEvent.ConnectionDestroyed
                || event instanceof SessionEvent.StreamCreated
                || event instanceof SessionEvent.StreamDestroyed;
    }

    /** The bodies that an event makes, in order: a session begins with its first connection and ends with its last. */
    List<String> of(SessionState before, SessionEvent event) {
        List<String> bodies = new ArrayList<>();
        if (event instanceof SessionEvent.ConnectionCreated e) {
            if (before.connectionCount() == 0) {
                bodies.add(body("sessionCreated", null, writer -> {}));
            }
            bodies.add(body("connectionCreated", null, writer -> connection(writer, e.connection())));
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            ConnectionInfo gone = before.connection(e.connectionId());
            if (gone != null) {
                bodies.add(body("connectionDestroyed", e.reason().wireName(), writer -> connection(writer, gone)));
            }
            if (before.connectionCount() == 1) {
                bodies.add(body("sessionDestroyed", null, writer -> {}));
            }
        } else if (event instanceof SessionEvent.StreamCreated e) {
            bodies.add(body("streamCreated", null, writer -> stream(writer, before, e.stream())));
        } else if (event instanceof SessionEvent.StreamDestroyed e) {
            StreamInfo gone = before.stream(e.streamId());
            if (gone != null) {
                bodies.add(body("streamDestroyed", e.reason().wireName(), writer -> stream(writer, before, gone)));
            }
        }
        return bodies;
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

    private static void stream(JsonWriter writer, SessionState state, StreamInfo stream) throws IOException {
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
