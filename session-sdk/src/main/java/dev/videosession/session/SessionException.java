package dev.videosession.session;

import dev.videosession.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A failure with OpenTok's code and name, a message that says what to do, and whether a retry may help. */
public final class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String errorName;
    private final boolean retry;

    /**
     * Creates a failure with a code of the protocol.
     *
     * @param error the error
     * @param message what failed and what to do
     */
    public SessionException(ErrorCode error, String message) {
        this(error.code(), error.errorName(), message, error.retry(), null);
    }

    /**
     * Creates a failure.
     *
     * @param code OpenTok's code
     * @param errorName OpenTok's name
     * @param message what failed and what to do
     * @param retry whether the same call may succeed later
     * @param cause the cause, or null
     */
    public SessionException(int code, String errorName, String message, boolean retry, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.errorName = errorName;
        this.retry = retry;
    }

    /** {@return OpenTok's code, for instance 1004; see {@link ErrorCode}} */
    public int code() {
        return code;
    }

    /** {@return OpenTok's name, for instance {@code OT_AUTHENTICATION_ERROR}} */
    public String errorName() {
        return errorName;
    }

    /** {@return whether the same call may succeed later} */
    public boolean retry() {
        return retry;
    }
}
