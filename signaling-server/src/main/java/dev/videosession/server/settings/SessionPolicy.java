package dev.videosession.server.settings;

/**
 * When a session, or a connection in it, ends by itself. Whatever the policy, a session ends when the last connection has
 * left: nothing of it is remembered but bans.
 *
 * @param closesWithLastModerator whether everybody is out when the last moderator has left; a moderator whose socket was
 *     lost leaves when its resume window is over, and a session that never had a moderator is not closed
 * @param idleMillis after how long a connection is out that neither publishes nor subscribes, in milliseconds; 0 for
 *     never. Moderators are no exception, and signals do not count
 */
public record SessionPolicy(boolean closesWithLastModerator, long idleMillis) {
    /** Nothing ends by itself. */
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
