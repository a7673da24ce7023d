package dev.videosession.server.internal.rest;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.session.SessionObserver;
import dev.videosession.server.internal.state.SessionEvent;
import dev.videosession.server.internal.state.SessionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layout classes of streams, which come from the token of the publisher and which the backend sets and reads. They mean something to whoever composes a picture of
 * the session, and nothing to its clients. Thread-safe.
 */
public final class LayoutClasses implements SessionObserver {
    private final Map<SessionId, Map<StreamId, List<String>>> sessions = new HashMap<>();

    private final Map<ConnectionId, List<String>> initial = new HashMap<>();

    /** Makes an empty set. */
    public LayoutClasses() {}

    @Override
    public void onEvent(SessionId session, SessionState before, SessionEvent event) {
        if (event instanceof SessionEvent.ConnectionCreated
                || event instanceof SessionEvent.ConnectionDestroyed
                || event instanceof SessionEvent.StreamCreated
                || event instanceof SessionEvent.StreamDestroyed) {
            follow(session, event);
        }
    }

    private synchronized void follow(SessionId session, SessionEvent event) {
        if (event instanceof SessionEvent.ConnectionCreated e) {
            if (!e.pass().layoutClasses().isEmpty()) {
                initial.put(e.connection().connectionId(), e.pass().layoutClasses());
            }
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            initial.remove(e.connectionId());
        } else if (event instanceof SessionEvent.StreamCreated e) {
            sessions.computeIfAbsent(session, id -> new HashMap<>())
                    .put(e.stream().streamId(), initial.getOrDefault(e.stream().connectionId(), List.of()));
        } else if (event instanceof SessionEvent.StreamDestroyed e) {
            sessions.computeIfPresent(session, (id, streams) -> {
                streams.remove(e.streamId());
                return streams.isEmpty() ? null : streams;
            });
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
