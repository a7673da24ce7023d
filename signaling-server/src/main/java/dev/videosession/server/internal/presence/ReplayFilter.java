package dev.videosession.server.internal.presence;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.state.LoggedEvent;

/**
 * Tells which of the events that a client missed it is sent. A client gets no events about its own connection.
 *
 * @param own the client's connection
 * @param connectionEvents whether the client wants events about other connections
 */
record ReplayFilter(ConnectionId own, boolean connectionEvents) implements LoggedEvent.Visitor<Boolean> {
    private boolean about(ConnectionId connection) {
        return connectionEvents && !connection.equals(own);
    }

    @Override
    public Boolean onConnectionCreated(LoggedEvent.ConnectionCreated event) {
        return about(event.connection().connectionId());
    }

    @Override
    public Boolean onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
        return about(event.connectionId());
    }

    @Override
    public Boolean onConnectionReconnecting(LoggedEvent.ConnectionReconnecting event) {
        return about(event.connectionId());
    }

    @Override
    public Boolean onConnectionReconnected(LoggedEvent.ConnectionReconnected event) {
        return about(event.connectionId());
    }

    @Override
    public Boolean onStreamCreated(LoggedEvent.StreamCreated event) {
        return true;
    }

    @Override
    public Boolean onStreamChanged(LoggedEvent.StreamChanged event) {
        return true;
    }

    @Override
    public Boolean onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
        return true;
    }

    @Override
    public Boolean onSignal(LoggedEvent.Signal event) {
        return true;
    }

    @Override
    public Boolean onMuteForced(LoggedEvent.MuteForced event) {
        return true;
    }
}
