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
    private static final Lines LINES = new Lines();

    private EventLines() {}

    static Line of(SessionEvent event, SessionId session) {
        return event.accept(LINES, session);
    }

    private static final class Lines implements SessionEvent.Visitor<SessionId, Line> {
        @Override
        public Line onSessionConnected(SessionEvent.SessionConnected event, SessionId session) {
            return about(Line.of(event.type()).with("sessionId", session.value()), event.connection());
        }

        @Override
        public Line onSessionDisconnected(SessionDisconnectEvent event, SessionId session) {
            return Line.of(event.type())
                    .with("reason", event.reason().wireName())
                    .with("detail", event.detail().wireName())
                    .with("message", event.message().orElse(null))
                    .with("prevented", event.isDefaultPrevented());
        }

        @Override
        public Line onSessionReconnecting(SessionEvent.SessionReconnecting event, SessionId session) {
            return Line.of(event.type());
        }

        @Override
        public Line onSessionReconnected(SessionEvent.SessionReconnected event, SessionId session) {
            return about(Line.of(event.type()).with("startedOver", event.startedOver()), event.connection());
        }

        @Override
        public Line onConnectionCreated(SessionEvent.ConnectionCreated event, SessionId session) {
            return connection(event, event.connection())
                    .with("creationTime", event.connection().creationTime().toEpochMilli());
        }

        @Override
        public Line onConnectionDestroyed(SessionEvent.ConnectionDestroyed event, SessionId session) {
            return connection(event, event.connection())
                    .with("reason", event.reason().wireName())
                    .with("detail", event.detail().wireName());
        }

        @Override
        public Line onConnectionReconnecting(SessionEvent.ConnectionReconnecting event, SessionId session) {
            return connection(event, event.connection());
        }

        @Override
        public Line onConnectionReconnected(SessionEvent.ConnectionReconnected event, SessionId session) {
            return connection(event, event.connection());
        }

        @Override
        public Line onStreamCreated(SessionEvent.StreamCreated event, SessionId session) {
            return stream(event.type(), event.stream());
        }

        @Override
        public Line onStreamDestroyed(StreamDestroyedEvent event, SessionId session) {
            return streamDestroyed(event.type(), event);
        }

        @Override
        public Line onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event, SessionId session) {
            return ids(event.type(), event.stream())
                    .with("changedProperty", event.changedProperty().wireName())
                    .with("oldValue", plain(event.oldValue()))
                    .with("newValue", plain(event.newValue()));
        }

        @Override
        public Line onSignal(SessionEvent.Signal event, SessionId session) {
            return Line.of("signal")
                    .with("type", event.signalType())
                    .with("data", event.data())
                    .with(
                            "from",
                            event.from() == null ? null : event.from().id().value());
        }

        @Override
        public Line onMuteForced(SessionEvent.MuteForced event, SessionId session) {
            return Line.of(event.type()).with("active", event.active());
        }

        @Override
        public Line onExceptionRaised(SessionEvent.ExceptionRaised event, SessionId session) {
            return exception(event.type(), event.error());
        }
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

    /** The connections and streams of the session, by their ids. */
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
                .with("retry", error.isRetryable());
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
