package dev.videosession.server.internal.rest;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.engine.SessionObserver;
import dev.videosession.server.internal.state.LifecycleVisitor;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layout classes of streams. They come from the publisher's token, and the backend reads and changes them. An archive or
 * broadcast uses them to lay out streams; clients do not. Thread-safe.
 */
public final class LayoutClasses implements SessionObserver {
    private final Map<SessionId, Map<StreamId, List<String>>> sessions = new HashMap<>();

    private final Map<ConnectionId, List<String>> initial = new HashMap<>();

    /** Creates an empty set. */
    public LayoutClasses() {}

    @Override
    public void onEvent(SessionId session, LoggedState before, LoggedEvent event) {
        if (LifecycleVisitor.concerns(event)) {
            follow(session, event);
        }
    }

    private synchronized void follow(SessionId session, LoggedEvent event) {
        event.accept(new Changes(session));
    }

    private final class Changes extends LifecycleVisitor<Void> {
        private final SessionId session;

        Changes(SessionId session) {
            this.session = session;
        }

        @Override
        public Void onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            if (!event.pass().layoutClasses().isEmpty()) {
                initial.put(event.connection().connectionId(), event.pass().layoutClasses());
            }
            return null;
        }

        @Override
        public Void onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            initial.remove(event.connectionId());
            return null;
        }

        @Override
        public Void onStreamCreated(LoggedEvent.StreamCreated event) {
            List<String> classes = initial.getOrDefault(event.stream().connectionId(), List.of());
            sessions.computeIfAbsent(session, id -> new HashMap<>())
                    .put(event.stream().streamId(), classes);
            return null;
        }

        @Override
        public Void onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            sessions.computeIfPresent(session, (id, streams) -> {
                streams.remove(event.streamId());
                return streams.isEmpty() ? null : streams;
            });
            return null;
        }

        @Override
        protected Void other() {
            return null;
        }
    }

    synchronized List<String> of(SessionId session, StreamId stream) {
        return sessions.getOrDefault(session, Map.of()).getOrDefault(stream, List.of());
    }

    /** Sets all or none. Returns a stream that is not in the session, or null if all are. */
    synchronized @Nullable StreamId set(SessionId session, Map<StreamId, List<String>> classes) {
        Map<StreamId, List<String>> streams = sessions.getOrDefault(session, Map.of());
        for (StreamId stream : classes.keySet()) {
            if (!streams.containsKey(stream)) {
                return stream;
            }
        }
        if (!classes.isEmpty()) {
            streams.putAll(classes);
        }
        return null;
    }
}
