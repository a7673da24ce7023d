package dev.videosession.server.internal.presence;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.state.SessionEvent;

/**
 * Tells which of the events that a client missed it is sent. A client gets no events about its own connection.
 *
 * @param own the client's connection
 * @param connectionEvents whether the client wants events about other connections
 */
record ReplayFilter(ConnectionId own, boolean connectionEvents) implements SessionEvent.Visitor<Boolean> {
    private boolean about(ConnectionId connection) {
        return connectionEvents && !connection.equals(own);
    }

    @Override
    public Boolean onConnectionCreated(SessionEvent.ConnectionCreated event) {
        return about(event.connection().connectionId());
    }

    @Override
    public Boolean onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        return about(event.connectionId());
    }

    @Override
    public Boolean onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        return about(event.connectionId());
    }

    @Override
    public Boolean onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        return about(event.connectionId());
    }

    @Override
    public Boolean onStreamCreated(SessionEvent.StreamCreated event) {
        return true;
    }

    @Override
    public Boolean onStreamChanged(SessionEvent.StreamChanged event) {
        return true;
    }

    @Override
    public Boolean onStreamDestroyed(SessionEvent.StreamDestroyed event) {
        return true;
    }

    @Override
    public Boolean onSignal(SessionEvent.Signal event) {
        return true;
    }

    @Override
    public Boolean onMuteForced(SessionEvent.MuteForced event) {
        return true;
    }
}
