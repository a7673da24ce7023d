package dev.videosession.server.internal.redis.log;

/** The log in Redis does not continue this server's copy. The message says how it differs. */
final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String difference) {
        super(difference);
    }
}
