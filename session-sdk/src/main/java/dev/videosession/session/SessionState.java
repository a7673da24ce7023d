package dev.videosession.session;

/** Where a session stands between connecting and disconnecting. */
public enum SessionState {
    /** Not in the session: not yet, or no longer. */
    DISCONNECTED,
    /** {@link Session#connect} was called and the server has not answered yet. */
    CONNECTING,
    /** In the session. */
    CONNECTED,
    /** In the session, but the connection to the server is lost and being resumed. */
    RECONNECTING,
    /** {@link Session#disconnect()} was called and the server has not answered yet. */
    DISCONNECTING;

    /** {@return whether there is an established connection: from sessionConnected to sessionDisconnected} */
    public boolean isEstablished() {
        return this == CONNECTED || this == RECONNECTING || this == DISCONNECTING;
    }
}
