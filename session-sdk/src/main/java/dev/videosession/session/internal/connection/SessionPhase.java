package dev.videosession.session.internal.connection;

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
    /** The connection is established and being resumed after the server was lost. */
    RECONNECTING(SessionState.RECONNECTING),
    /** The application has ended the connection and the server has not confirmed it yet. */
    DISCONNECTING(SessionState.DISCONNECTING);

    /** What leads from one phase to another. */
    enum Input {
        /** The application calls {@code connect}. */
        CONNECT,
        /** The server has established the connection. */
        ESTABLISHED,
        /** The connection to the server is lost. */
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
                    case LEAVE -> DISCONNECTING;
                    case ENDED -> DISCONNECTED;
                    default -> null;
                };
            case DISCONNECTING -> input == Input.ENDED ? DISCONNECTED : null;
        };
    }
}
