package dev.videosession.app.samples;

import dev.videosession.session.Connection;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import java.util.function.Consumer;

/**
 * Records when remote participants join and how they leave: by themselves, removed, or lost. A client that returns within its
 * resume window is the same connection and does not leave.
 */
public final class AttendanceLog implements SessionListener {
    private final Consumer<String> lines;

    /**
     * Creates the listener. The caller adds it to the session.
     *
     * @param lines receives each line
     */
    public AttendanceLog(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        lines.accept(name(event.connection()) + " joined");
    }

    @Override
    public void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        lines.accept(name(event.connection()) + " is reconnecting");
    }

    @Override
    public void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        lines.accept(name(event.connection()) + " reconnected");
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        String how = switch (event.reason()) {
            case CLIENT_DISCONNECTED -> "left";
            case FORCE_DISCONNECTED -> "was removed (" + event.detail().wireName() + ")";
            case NETWORK_DISCONNECTED -> "was lost (" + event.detail().wireName() + ")";
        };
        lines.accept(name(event.connection()) + " " + how);
    }

    private static String name(Connection connection) {
        return connection.data();
    }
}
