package dev.videosession.session;

/**
 * Told what happens to a session. Calls come in order, one at a time, on the session's callback executor; an exception
 * thrown by a listener is logged and harms nobody.
 */
public interface SessionListener {
    /**
     * See {@link SessionEvent.SessionConnected}.
     *
     * @param event what happened
     */
    default void onConnected(SessionEvent.SessionConnected event) {}

    /**
     * See {@link SessionDisconnectEvent}.
     *
     * @param event what happened
     */
    default void onDisconnected(SessionDisconnectEvent event) {}

    /**
     * See {@link SessionEvent.SessionReconnecting}.
     *
     * @param event what happened
     */
    default void onReconnecting(SessionEvent.SessionReconnecting event) {}

    /**
     * See {@link SessionEvent.SessionReconnected}.
     *
     * @param event what happened
     */
    default void onReconnected(SessionEvent.SessionReconnected event) {}

    /**
     * See {@link SessionEvent.ConnectionCreated}.
     *
     * @param event what happened
     */
    default void onConnectionCreated(SessionEvent.ConnectionCreated event) {}

    /**
     * See {@link SessionEvent.ConnectionDestroyed}.
     *
     * @param event what happened
     */
    default void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {}

    /**
     * See {@link SessionEvent.ConnectionReconnecting}.
     *
     * @param event what happened
     */
    default void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {}

    /**
     * See {@link SessionEvent.ConnectionReconnected}.
     *
     * @param event what happened
     */
    default void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {}

    /**
     * See {@link SessionEvent.StreamCreated}.
     *
     * @param event what happened
     */
    default void onStreamCreated(SessionEvent.StreamCreated event) {}

    /**
     * See {@link StreamDestroyedEvent}.
     *
     * @param event what happened
     */
    default void onStreamDestroyed(StreamDestroyedEvent event) {}

    /**
     * See {@link SessionEvent.StreamPropertyChanged}.
     *
     * @param event what happened
     */
    default void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {}

    /**
     * See {@link SessionEvent.Signal}.
     *
     * @param event what happened
     */
    default void onSignal(SessionEvent.Signal event) {}

    /**
     * See {@link SessionEvent.MuteForced}.
     *
     * @param event what happened
     */
    default void onMuteForced(SessionEvent.MuteForced event) {}

    /**
     * Something failed: connecting, or an established session (then {@link #onDisconnected} follows).
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
