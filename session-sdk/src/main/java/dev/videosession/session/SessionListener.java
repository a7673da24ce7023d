package dev.videosession.session;

/**
 * Receives the events of a session, in order, one at a time, on the session's callback executor. An exception that a listener
 * throws is logged and has no other effect.
 *
 * <p>Do not implement this interface and {@link PublisherListener} or {@link SubscriberListener} in one class: {@code onError} and
 * {@code onStreamDestroyed} have the same signature, and one method would receive the calls of all.
 */
public interface SessionListener {
    /**
     * See {@link SessionEvent.SessionConnected}.
     *
     * @param event the event
     */
    default void onConnected(SessionEvent.SessionConnected event) {}

    /**
     * See {@link SessionDisconnectEvent}.
     *
     * @param event the event
     */
    default void onDisconnected(SessionDisconnectEvent event) {}

    /**
     * See {@link SessionEvent.SessionReconnecting}.
     *
     * @param event the event
     */
    default void onReconnecting(SessionEvent.SessionReconnecting event) {}

    /**
     * See {@link SessionEvent.SessionReconnected}.
     *
     * @param event the event
     */
    default void onReconnected(SessionEvent.SessionReconnected event) {}

    /**
     * See {@link SessionEvent.ConnectionCreated}.
     *
     * @param event the event
     */
    default void onConnectionCreated(SessionEvent.ConnectionCreated event) {}

    /**
     * See {@link SessionEvent.ConnectionDestroyed}.
     *
     * @param event the event
     */
    default void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {}

    /**
     * See {@link SessionEvent.ConnectionReconnecting}.
     *
     * @param event the event
     */
    default void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {}

    /**
     * See {@link SessionEvent.ConnectionReconnected}.
     *
     * @param event the event
     */
    default void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {}

    /**
     * See {@link SessionEvent.StreamCreated}.
     *
     * @param event the event
     */
    default void onStreamCreated(SessionEvent.StreamCreated event) {}

    /**
     * See {@link StreamDestroyedEvent}.
     *
     * @param event the event
     */
    default void onStreamDestroyed(StreamDestroyedEvent event) {}

    /**
     * See {@link SessionEvent.StreamPropertyChanged}.
     *
     * @param event the event
     */
    default void onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event) {}

    /**
     * See {@link SessionEvent.Signal}.
     *
     * @param event the event
     */
    default void onSignal(SessionEvent.Signal event) {}

    /**
     * See {@link SessionEvent.MuteForced}.
     *
     * @param event the event
     */
    default void onMuteForced(SessionEvent.MuteForced event) {}

    /**
     * Other participants speak, or another one is the active speaker; within 700 ms of the change. It is not one of {@link
     * Session#events()}.
     *
     * @param speakers what {@link Session#speakers()} returns now
     */
    default void onSpeakersChanged(Speakers speakers) {}

    /**
     * Connecting failed, or an error ended an established session; in the second case {@link #onDisconnected} follows.
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
