package dev.videosession.session;

import org.jspecify.annotations.Nullable;

/** Where a session stands between connecting and disconnecting. */
public enum SessionState {
    /** Not in the session: not yet, or no longer. */
    DISCONNECTED,
    /** {@link Session#connect} was called and the server has not answered yet. */
    CONNECTING,
    /** In the session. */
    CONNECTED,
    /** In the session, but the server is out of reach; trying to come back. */
    RECONNECTING,
    /** {@link Session#disconnect()} was called and the server has not answered yet. */
    DISCONNECTING;

    /** What moves a session from one state to another. */
    enum Input {
        CONNECT,
        ESTABLISHED,
        LOST,
        RESUMED,
        LEAVE,
        ENDED
    }

    /**
     * Returns the state that follows, or null if the input means nothing in this state.
     */
    @Nullable
    SessionState after(Input input) {
        return switch (this) {
            case DISCONNECTED -> input == Input.CONNECT ? CONNECTING : null;
            case CONNECTING ->
                switch (input) {
                    case ESTABLISHED -> CONNECTED;
                    case LEAVE, ENDED -> DISCONNECTED;
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

    /**
     * Tells whether there is an established connection.
     *
     * @return true from sessionConnected to sessionDisconnected
     */
    public boolean isEstablished() {
        return this == CONNECTED || this == RECONNECTING || this == DISCONNECTING;
    }
}
