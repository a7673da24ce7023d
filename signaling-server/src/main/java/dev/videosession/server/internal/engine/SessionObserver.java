package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;

/** Receives every event of the sessions of a server. */
@FunctionalInterface
public interface SessionObserver {
    /**
     * Something happens. Called on the session's loop, in the order of the session's log; must neither block nor change
     * the state.
     *
     * @param session in which session
     * @param before its state without the event, valid during the call only
     * @param event what happens
     */
    void onEvent(SessionId session, LoggedState before, LoggedEvent event);

    /**
     * Something happened before this server opened the session. Called like {@link #onEvent}.
     *
     * @param session in which session
     * @param before its state without the event, valid during the call only
     * @param event one of events that lead to the session's state, not necessarily one that the log contains
     */
    default void onRestored(SessionId session, LoggedState before, LoggedEvent event) {}

    /** {@return whether {@link #notices} is to be asked before events are appended} */
    default boolean keepsNotices() {
        return false;
    }

    /**
     * Returns what backends receive about an event, to be kept with its entry in a log that several servers share. Called on
     * the session's loop before the event is appended, perhaps more than once.
     *
     * @param session in which session
     * @param before its state without the event, valid during the call only
     * @param event what is to be appended
     * @param sequence its number
     * @return texts in order
     */
    default List<String> notices(SessionId session, LoggedState before, LoggedEvent event, long sequence) {
        return List.of();
    }
}
