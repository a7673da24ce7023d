package dev.videosession.server.internal.webhook;

import dev.videosession.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Events that wait for being sent, kept where all nodes reach them. The log writes each event there together with its entry. One
 * node at a time sends the events of a session; if it dies, another one takes its turn, and repeats at most what was under way.
 * Thread-safe.
 */
public interface SharedNotices {
    /**
     * An event that waits.
     *
     * @param id the same whenever the event is sent
     * @param body of the request
     */
    record Waiting(String id, String body) {
        /** {@return the form in which the event is kept} */
        String toText() {
            return id + "\n" + body;
        }

        static Waiting parse(String text) {
            int line = text.indexOf('\n');
            return new Waiting(text.substring(0, Math.max(0, line)), text.substring(line + 1));
        }
    }

    /**
     * Takes the turn for a session, or keeps it.
     *
     * @param session the session
     * @param most how many events to return
     * @return the oldest events that wait; empty if there are none, or if it is another node's turn
     */
    CompletionStage<List<String>> claim(SessionId session, int most);

    /**
     * Removes the oldest event of a session, and keeps the turn.
     *
     * @param session the session
     * @return false if the turn is lost
     */
    CompletionStage<Boolean> settle(SessionId session);

    /**
     * Keeps the turn.
     *
     * @param session the session
     * @return false if the turn is lost
     */
    CompletionStage<Boolean> keep(SessionId session);

    /** {@return sessions with events that wait, not necessarily all} */
    CompletionStage<List<SessionId>> sessions();
}
