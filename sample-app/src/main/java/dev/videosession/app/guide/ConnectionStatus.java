package dev.videosession.app.guide;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import java.util.function.Consumer;

/** Says what state a session is in, and what its user can do when it has ended. */
public final class ConnectionStatus implements SessionListener {
    private final Consumer<String> status;

    /**
     * Creates the listener. The caller adds it to the session.
     *
     * @param status receives a sentence at each change
     */
    public ConnectionStatus(Consumer<String> status) {
        this.status = status;
    }

    @Override
    public void onConnected(SessionEvent.SessionConnected event) {
        status.accept("Connected");
    }

    @Override
    public void onReconnecting(SessionEvent.SessionReconnecting event) {
        status.accept("Connection lost, reconnecting"); // media may continue: keep the views
    }

    @Override
    public void onReconnected(SessionEvent.SessionReconnected event) {
        status.accept(event.startedOver() ? "Reconnected after a restart of the server" : "Reconnected");
    }

    @Override
    public void onError(SessionException error) {
        status.accept(error.isRetryable() ? "Failed, try again: " + error.getMessage() : error.getMessage());
    }

    @Override
    public void onDisconnected(SessionDisconnectEvent event) {
        status.accept(text(event) + event.message().map(said -> " " + said).orElse(""));
    }

    private static String text(SessionDisconnectEvent event) {
        return switch (event.reason()) {
            case CLIENT_DISCONNECTED -> "You left.";
            case FORCE_DISCONNECTED ->
                event.detail() == DisconnectDetail.SESSION_CLOSED ? "The session was closed." : "You were removed.";
            case NETWORK_DISCONNECTED -> "The connection was lost. Rejoin with a new token.";
        };
    }
}
