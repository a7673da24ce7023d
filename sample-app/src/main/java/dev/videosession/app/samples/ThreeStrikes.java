package dev.videosession.app.samples;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.control.SessionControl;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A policy of the backend: a client that breaks the rules is warned by a signal twice and removed the third time. It receives
 * {@code forceDisconnected} with the detail {@code policy} and the message. The application decides what a violation is: a report of
 * another user, a filter, a referee of a game.
 */
public final class ThreeStrikes {
    /** The type of the signal that warns. */
    public static final String WARNING = "warning";

    private static final int VIOLATIONS = 3;

    private final SessionControl control;
    private final Map<ConnectionId, Integer> strikes = new ConcurrentHashMap<>();

    /**
     * Creates the policy.
     *
     * @param control of the server, see {@link dev.videosession.server.SignalingServer#control()}
     */
    public ThreeStrikes(SessionControl control) {
        this.control = control;
    }

    /**
     * Counts a violation.
     *
     * @param session the session
     * @param connection the client
     * @param rule that was broken, in words for the user
     * @return completes when the server has accepted the message; fails with {@link dev.videosession.server.control.SignalingException} if
     *     the user has left
     */
    public CompletableFuture<Void> violated(SessionId session, ConnectionId connection, String rule) {
        int count = strikes.merge(connection, 1, Integer::sum);
        if (count < VIOLATIONS) {
            return control.signal(session, connection, WARNING, rule + " (" + count + " of " + VIOLATIONS + ")");
        }
        strikes.remove(connection);
        return control.evict(session, connection, rule);
    }
}
