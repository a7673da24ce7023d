package dev.videosession.server.control;

import dev.videosession.protocol.ErrorCode;

/** A command was refused. */
public final class SignalingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    SignalingException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /**
     * Returns why.
     *
     * @return the code that a client would have got for the same command
     */
    public ErrorCode code() {
        return code;
    }
}
