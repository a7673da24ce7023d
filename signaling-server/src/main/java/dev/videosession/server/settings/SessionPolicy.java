package dev.videosession.server.settings;

/**
 * When the server ends a session, or a connection in it, by itself. Every session ends when its last connection has left;
 * only its bans are kept.
 *
 * @param closesWithLastModerator whether all connections are removed when the last moderator has left; a moderator whose
 *     socket was lost leaves at the end of its resume window, and a session that never had a moderator is not closed
 * @param idleMillis after how many milliseconds a connection is removed that neither publishes nor subscribes; 0 for
 *     never. This applies to moderators, too; signals do not count
 */
public record SessionPolicy(boolean closesWithLastModerator, long idleMillis) {
    /** The server ends nothing by itself. */
    public static final SessionPolicy LASTING = new SessionPolicy(false, 0);

    private static final long SHORTEST_IDLE_MILLIS = 10;

    public SessionPolicy {
        if (idleMillis != 0 && idleMillis < SHORTEST_IDLE_MILLIS) {
            throw new IllegalArgumentException(
                    "idleMillis must be 0 or at least " + SHORTEST_IDLE_MILLIS + ", was " + idleMillis);
        }
    }

    /**
     * Sets whether the session closes with its last moderator.
     *
     * @param closes whether it does
     * @return a changed copy
     */
    public SessionPolicy withClosesWithLastModerator(boolean closes) {
        return new SessionPolicy(closes, idleMillis);
    }

    /**
     * Sets how long a connection may neither publish nor subscribe.
     *
     * @param millis at least 10, or 0 for any time
     * @return a changed copy
     */
    public SessionPolicy withIdleMillis(long millis) {
        return new SessionPolicy(closesWithLastModerator, millis);
    }
}
