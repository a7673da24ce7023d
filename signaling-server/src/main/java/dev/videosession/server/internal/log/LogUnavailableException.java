package dev.videosession.server.internal.log;

/** What keeps the log cannot be reached, or refuses to write. Commands succeed again when that is over. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

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
