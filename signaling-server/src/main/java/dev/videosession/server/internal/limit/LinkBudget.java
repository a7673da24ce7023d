package dev.videosession.server.internal.limit;

import dev.videosession.server.settings.ServerLimits;

/**
 * What one end of one media link may send over it. Descriptions cost more than candidates, because each of them makes the
 * other end negotiate. Not thread-safe: belongs to the session's loop.
 */
public final class LinkBudget {
    /** Bytes that may come at once. */
    public static final int BYTE_BURST = 512 * 1024;
    /** Bytes that flow in each second. */
    public static final int BYTES_PER_SECOND = 16 * 1024;
    /** The cost of a description, in messages. */
    public static final int DESCRIPTION = 10;
    /** Messages with which an end answers a description or a restart, itself included. */
    public static final int ANSWER_MESSAGES = 80;
    /** Bytes of these messages. */
    public static final int ANSWER_BYTES = 64 * 1024;

    private static final int RESTARTS = 10;
    private static final double RESTARTS_PER_SECOND = 0.2;

    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final TokenBucket restarts;

    /**
     * Makes a full budget.
     *
     * @param limits of the server
     * @param nowNanos the time, in nanoseconds of any origin
     */
    public LinkBudget(ServerLimits limits, long nowNanos) {
        messages = new TokenBucket(limits.linkMessagesPerSecond(), limits.linkMessageBurst(), nowNanos);
        bytes = new TokenBucket(BYTES_PER_SECOND, BYTE_BURST, nowNanos);
        restarts = new TokenBucket(RESTARTS_PER_SECOND, RESTARTS, nowNanos);
    }

    /**
     * Charges a description or candidates.
     *
     * @param cost in messages
     * @param length in characters
     * @param nowNanos the time, of the same origin as in the constructor
     * @return false if the end has sent too much
     */
    public boolean take(int cost, int length, long nowNanos) {
        return messages.take(cost, nowNanos) && bytes.take(length, nowNanos);
    }

    /**
     * Charges a request for an ICE restart.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     * @return false if the end has asked too often
     */
    public boolean takeRestart(long nowNanos) {
        return restarts.take(1, nowNanos) && messages.take(1, nowNanos);
    }

    /**
     * Adds what an answer to the other end costs.
     *
     * @param nowNanos the time, of the same origin as in the constructor
     */
    public void grantAnswer(long nowNanos) {
        messages.put(ANSWER_MESSAGES, nowNanos);
        bytes.put(ANSWER_BYTES, nowNanos);
    }
}
