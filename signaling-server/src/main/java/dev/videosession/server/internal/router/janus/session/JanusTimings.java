package dev.videosession.server.internal.router.janus.session;

/**
 * The time limits for a Janus, in milliseconds.
 *
 * @param connectMillis from the start of a Janus until it answers
 * @param reconnectMillis between two attempts to connect
 * @param reclaimMillis from the loss of a socket until the session is given up
 * @param requestMillis for the answer to a request
 * @param healthMillis between two health checks
 * @param hungMillis for the answer to a health check; a Janus that takes longer is replaced
 * @param backoffMillis the longest wait before the second start in a row; doubles with each further one
 * @param maxBackoffMillis the longest wait between two starts
 * @param stableMillis how long a Janus works until its failures are forgotten, at least
 */
public record JanusTimings(
        long connectMillis,
        long reconnectMillis,
        long reclaimMillis,
        long requestMillis,
        long healthMillis,
        long hungMillis,
        long backoffMillis,
        long maxBackoffMillis,
        long stableMillis) {
    /** For a Janus on this machine or nearby. */
    public static final JanusTimings DEFAULT =
            new JanusTimings(10_000, 100, 10_000, 10_000, 1000, 4000, 250, 30_000, 10_000);
}
