package dev.videosession.server.internal.redis.log;

/** The log no longer contains what this server has read. */
final class LostEntriesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostEntriesException(String message) {
        super(message);
    }
}
