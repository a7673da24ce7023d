package dev.videosession.session.internal.lifecycle;

import dev.videosession.session.SessionState;
import org.jspecify.annotations.Nullable;

/** The phases of a session and the inputs that lead from one to the next. */
enum SessionPhase {
    /** There is no connection and none is being made. */
    DISCONNECTED(SessionState.DISCONNECTED),
    /** The server is being asked for a connection. */
    CONNECTING(SessionState.CONNECTING),
    /** The connection is established and the server is reachable. */
    CONNECTED(SessionState.CONNECTED),
    /** The connection is established, the server is lost, and the connection is being resumed. */
    RECONNECTING(SessionState.RECONNECTING),
    /** The application has ended the connection and the server, which is reachable, has not confirmed it yet. */
    DISCONNECTING(SessionState.DISCONNECTING),
    /**
     * The application has ended the connection and the server is lost. The connection is resumed only to tell the server, so
     * that other clients learn of it now and with the right reason.
     */
    DISCONNECTING_OFFLINE(SessionState.DISCONNECTING);

    /** What leads from one phase to another. */
    enum Input {
        /** The application calls {@code connect}. */
        CONNECT,
        /** The server has established the connection. */
        ESTABLISHED,
        /** The server is lost, and the connection may be resumed. */
        LOST,
        /** The server has resumed the connection, or has replaced it with a new one. */
        RESUMED,
        /** The application calls {@code disconnect}. */
        LEAVE,
        /** The connection has ended, or will not be established. */
        ENDED
    }

    private final SessionState state;

    SessionPhase(SessionState state) {
        this.state = state;
    }

    /** {@return what the application sees of this phase} */
    SessionState state() {
        return state;
    }

    /** {@return whether the application has ended the connection and its end is not confirmed yet} */
    boolean isDisconnecting() {
        return state == SessionState.DISCONNECTING;
    }

    /** {@return the next phase, or null if the input is not valid in this phase} */
    @Nullable
    SessionPhase after(Input input) {
        return switch (this) {
            case DISCONNECTED -> input == Input.CONNECT ? CONNECTING : null;
            case CONNECTING ->
                switch (input) {
                    case ESTABLISHED -> CONNECTED;
                    case ENDED -> DISCONNECTED;
                    default -> null;
                };
            case CONNECTED ->
                switch (input) {
                    case LOST -> RECONNECTING;
                    case LEAVE -> DISCONNECTING;
                    case ENDED -> DISCONNECTED;
                    default -> null;
                };
            case RECONNECTING ->
                switch (input) {
                    case RESUMED -> CONNECTED;
                    case LEAVE -> DISCONNECTING_OFFLINE;
                    case ENDED -> DISCONNECTED;
                    default -> null;
                };
            case DISCONNECTING ->
                switch (input) {
                    case LOST -> DISCONNECTING_OFFLINE;
                    case ENDED -> DISCONNECTED;
                    default -> null;
                };
            case DISCONNECTING_OFFLINE ->
                switch (input) {
                    case RESUMED -> DISCONNECTING;
                    case ENDED -> DISCONNECTED;
                    default -> null;
                };
        };
    }
}
