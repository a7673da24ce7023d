package dev.videosession.server.control;

import dev.videosession.protocol.ErrorCode;

/** A command was refused. */
public final class SignalingException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * Creates the refusal of a command.
     *
     * @param code why
     * @param message for people
     */
    public SignalingException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** {@return the code that a client would get for the same command} */
    public ErrorCode code() {
        return code;
    }
}
