package dev.videosession.app.bot;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that tell of the SDK's events. */
final class EventLines {
    private EventLines() {}

    static Line of(SessionEvent event, SessionId session) {
        if (event instanceof SessionEvent.SessionConnected e) {
            return about(Line.of(event.type()).with("sessionId", session.value()), e.connection());
        } else if (event instanceof SessionEvent.SessionReconnected e) {
            return about(Line.of(event.type()).with("startedOver", e.startedOver()), e.connection());
        } else if (event instanceof SessionDisconnectEvent e) {
            return disconnected(e);
        } else if (event instanceof SessionEvent.ConnectionCreated e) {
            return connection(event, e.connection())
                    .with("creationTime", e.connection().creationTime().toEpochMilli());
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            return connection(event, e.connection())
                    .with("reason", e.reason().wireName())
                    .with("detail", e.detail().wireName());
        } else if (event instanceof SessionEvent.ConnectionReconnecting e) {
            return connection(event, e.connection());
        } else if (event instanceof SessionEvent.ConnectionReconnected e) {
            return connection(event, e.connection());
        } else if (event instanceof SessionEvent.StreamCreated e) {
            return stream(event.type(), e.stream());
        } else if (event instanceof StreamDestroyedEvent e) {
            return streamDestroyed(event.type(), e);
        } else if (event instanceof SessionEvent.StreamPropertyChanged e) {
            return ids(event.type(), e.stream())
                    .with("changedProperty", e.changedProperty())
                    .with("oldValue", plain(e.oldValue()))
                    .with("newValue", plain(e.newValue()));
        } else if (event instanceof SessionEvent.Signal e) {
            Connection from = e.from();
            return Line.of("signal")
                    .with("type", e.signalType())
                    .with("data", e.data())
                    .with("from", from == null ? null : from.id().value());
        } else if (event instanceof SessionEvent.MuteForced e) {
            return Line.of(event.type()).with("active", e.active());
        } else if (event instanceof SessionEvent.ExceptionRaised e) {
            return exception(event.type(), e.error());
        }
        return Line.of(event.type()); // reconnecting has no fields
    }

    static Line streamDestroyed(String name, StreamDestroyedEvent event) {
        return ids(name, event.stream())
                .with("reason", event.reason().wireName())
                .with("prevented", event.isDefaultPrevented());
    }

    static Line stream(String name, Stream stream) {
        return ids(name, stream)
                .with("name", stream.name())
                .with("creationTime", stream.creationTime().toEpochMilli())
                .with("hasAudio", stream.hasAudio())
                .with("hasVideo", stream.hasVideo())
                .with("videoType", plain(stream.videoType().orElse(null)))
                .with("videoDimensions", plain(stream.videoDimensions().orElse(null)));
    }

    /** Who and what is in the session, by their ids. */
    static Line roster(Session session) {
        return Line.of("roster")
                .with(
                        "connections",
                        session.connections().stream()
                                .map(each -> each.id().value())
                                .toList())
                .with(
                        "streams",
                        session.streams().stream()
                                .map(each -> each.id().value())
                                .toList());
    }

    static Line exception(String name, SessionException error) {
        return Line.of(name)
                .with("code", error.code())
                .with("name", error.errorName())
                .with("message", error.getMessage())
                .with("retry", error.retry());
    }

    private static Line disconnected(SessionDisconnectEvent event) {
        return Line.of(event.type())
                .with("reason", event.reason().wireName())
                .with("detail", event.detail().wireName())
                .with("message", event.message().orElse(null))
                .with("prevented", event.isDefaultPrevented());
    }

    private static Line connection(SessionEvent event, Connection connection) {
        return about(Line.of(event.type()), connection);
    }

    private static Line about(Line line, Connection connection) {
        return line.with("connectionId", connection.id().value())
                .with("data", connection.data())
                .with("role", connection.role().wireName());
    }

    private static Line ids(String name, Stream stream) {
        return Line.of(name)
                .with("streamId", stream.id().value())
                .with("connectionId", stream.connection().id().value());
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Dimensions size) {
            return Map.of("width", size.width(), "height", size.height());
        }
        return value instanceof VideoType type ? type.wireName() : value;
    }
}
