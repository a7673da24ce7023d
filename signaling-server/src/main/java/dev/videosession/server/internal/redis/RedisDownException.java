package dev.videosession.server.internal.redis;

/** Redis cannot be reached. The command was not sent. */
public final class RedisDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the failure of a command that was not sent. */
    public RedisDownException() {
        super("There is no connection to Redis. The server tries to connect again.");
    }
}
