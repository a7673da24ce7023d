package dev.videosession.app.samples;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.control.SessionControl;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A policy of the backend: whoever breaks the rules is warned by a signal, and removed the third time. The removed client
 * learns {@code forceDisconnected} with the detail {@code policy} and the message; everybody else sees it go. What is a
 * violation is for the application to find out: a report of another user, a filter, a game's referee.
 */
public final class ThreeStrikes {
    /** The type of the signal that warns. */
    public static final String WARNING = "warning";

    private static final int PATIENCE = 3;

    private final SessionControl control;
    private final Map<ConnectionId, Integer> strikes = new ConcurrentHashMap<>();

    /**
     * Makes the policy.
     *
     * @param control of the server, see {@link dev.videosession.server.SignalingServer#control()}
     */
    public ThreeStrikes(SessionControl control) {
        this.control = control;
    }

    /**
     * Counts a violation.
     *
     * @param session where
     * @param connection who
     * @param rule that was broken, in words for the user
     * @return done when the user is being told; fails with {@link dev.videosession.server.control.SignalingException} if
     *     the user has left
     */
    public CompletableFuture<Void> violated(SessionId session, ConnectionId connection, String rule) {
        int count = strikes.merge(connection, 1, Integer::sum);
        if (count < PATIENCE) {
            return control.signal(session, connection, WARNING, rule + " (" + count + " of " + PATIENCE + ")");
        }
        strikes.remove(connection);
        return control.evict(session, connection, rule);
    }
}
