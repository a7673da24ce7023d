package dev.videosession.session;

import dev.videosession.protocol.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure with OpenTok's code and name, a message that says what to do, and whether a retry may help. */
public final class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable ErrorCode error;
    private final int code;
    private final String errorName;
    private final boolean retryable;

    /**
     * Creates a failure.
     *
     * @param error the error
     * @param message what failed and what to do
     */
    public SessionException(ErrorCode error, String message) {
        this(error, message, error.isRetryable(), null);
    }

    /**
     * Creates a failure with a cause.
     *
     * @param error the error
     * @param message what failed and what to do
     * @param retryable whether the same call may succeed later
     * @param cause the cause, or null
     */
    public SessionException(ErrorCode error, String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.error = error;
        this.code = error.code();
        this.errorName = error.errorName();
        this.retryable = retryable;
    }

    /**
     * Creates a failure that a server reported.
     *
     * @param code OpenTok's code; a server newer than this version may send one that this version does not know
     * @param errorName OpenTok's name
     * @param message what failed and what to do
     * @param retryable whether the same call may succeed later
     */
    public SessionException(int code, String errorName, String message, boolean retryable) {
        super(message);
        this.error = ErrorCode.find(code, errorName).orElse(null);
        this.code = code;
        this.errorName = errorName;
        this.retryable = retryable;
    }

    /** {@return the error, or empty if the server is newer than this version and sent one that it does not know} */
    public Optional<ErrorCode> error() {
        return Optional.ofNullable(error);
    }

    /**
     * Compares the error.
     *
     * @param expected an error
     * @return whether this is the failure
     */
    public boolean is(ErrorCode expected) {
        return error == expected;
    }

    /** {@return OpenTok's code, for instance 1004; several errors share a code} */
    public int code() {
        return code;
    }

    /** {@return OpenTok's name, for instance {@code OT_AUTHENTICATION_ERROR}; several errors share a name} */
    public String errorName() {
        return errorName;
    }

    /** {@return whether the same call may succeed later} */
    public boolean isRetryable() {
        return retryable;
    }
}
