package dev.videosession.session.internal.connection;

import org.jspecify.annotations.Nullable;

/** The states of {@link Reconnector}. */
enum ReconnectState {
    /** Nothing to do: the server is reachable, or there is no connection. */
    IDLE,
    /** The server is lost; the next socket resumes the connection. */
    RESUMING,
    /** The server was asked to resume the connection and has not answered. */
    RESUME_SENT,
    /** The server does not know the connection; the next socket asks for a new one. */
    STARTING_OVER,
    /** The server was asked for a new connection and has not answered. */
    CONNECT_SENT,
    /** The connection is resumed; the events that were missed are still arriving. */
    CATCHING_UP;

    /** What leads from one state to another. */
    enum Input {
        /** The server is lost. */
        LOST,
        /** A socket is open, and the request of this state was sent over it. */
        SENT,
        /** The attempt failed; another one follows. */
        ATTEMPT_FAILED,
        /** The server has resumed the connection. */
        RESUMED,
        /** The server does not know the connection, and the session may start over. */
        UNKNOWN,
        /** The server has made a new connection. */
        CONNECTED,
        /** All missed events have arrived. */
        CAUGHT_UP,
        /** The connection has ended. */
        STOPPED
    }

    /** {@return whether the server is lost} */
    boolean isUnderWay() {
        return this != IDLE && this != CATCHING_UP;
    }

    /** {@return whether the lost connection is to be replaced with a new one} */
    boolean isStartingOver() {
        return this == STARTING_OVER || this == CONNECT_SENT;
    }

    /** {@return the next state, or null if the input is not valid in this state} */
    @Nullable
    ReconnectState after(Input input) {
        if (input == Input.STOPPED) {
            return IDLE;
        }
        return switch (this) {
            case IDLE -> input == Input.LOST ? RESUMING : null;
            case RESUMING ->
                switch (input) {
                    case SENT -> RESUME_SENT;
                    case ATTEMPT_FAILED -> RESUMING;
                    default -> null;
                };
            case RESUME_SENT ->
                switch (input) {
                    case ATTEMPT_FAILED -> RESUMING;
                    case RESUMED -> CATCHING_UP;
                    case UNKNOWN -> STARTING_OVER;
                    default -> null;
                };
            case STARTING_OVER ->
                switch (input) {
                    case SENT -> CONNECT_SENT;
                    case ATTEMPT_FAILED -> STARTING_OVER;
                    default -> null;
                };
            case CONNECT_SENT ->
                switch (input) {
                    case ATTEMPT_FAILED -> STARTING_OVER;
                    case CONNECTED -> IDLE;
                    default -> null;
                };
            case CATCHING_UP ->
                switch (input) {
                    case LOST -> RESUMING;
                    case CAUGHT_UP -> IDLE;
                    default -> null;
                };
        };
    }
}
