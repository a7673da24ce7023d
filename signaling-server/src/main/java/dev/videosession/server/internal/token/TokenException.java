package dev.videosession.server.internal.token;

import dev.videosession.protocol.ErrorCode;

/** A token is refused. The message may be shown to the sender of the token. */
public final class TokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    TokenException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    TokenException(String message) {
        this(ErrorCode.AUTHENTICATION_ERROR, message);
    }

    TokenException(String message, Throwable cause) {
        super(message, cause);
        this.code = ErrorCode.AUTHENTICATION_ERROR;
    }

    /** {@return {@link ErrorCode#INVALID_SESSION_ID} or {@link ErrorCode#AUTHENTICATION_ERROR}} */
    public ErrorCode code() {
        return code;
    }
}
