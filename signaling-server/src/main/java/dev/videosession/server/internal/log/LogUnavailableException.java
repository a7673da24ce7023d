package dev.videosession.server.internal.log;

/** Redis is not reachable, or refuses what this server writes. Commands succeed again when that is over. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure that was detected here.
     *
     * @param reason in one line
     */
    public LogUnavailableException(String reason) {
        super(reason);
    }

    /**
     * Creates the failure of an append.
     *
     * @param reason in one line
     * @param cause what happened
     */
    public LogUnavailableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
