package dev.videosession.session;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamDestroyReason;
import org.jspecify.annotations.Nullable;

/** A failure with OpenTok's number and name, a message that says what to do, and whether trying again helps. */
public final class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_LABEL = 500;

    private final int code;
    private final String errorName;
    private final boolean retry;

    SessionException(int code, String errorName, String message, boolean retry, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.errorName = errorName;
        this.retry = retry;
    }

    static SessionException of(ErrorCode code, String message) {
        return new SessionException(code.code(), code.errorName(), message, code.retry(), null);
    }

    static SessionException of(ErrorCode code, String message, Throwable cause) {
        return new SessionException(code.code(), code.errorName(), message, code.retry(), cause);
    }

    static SessionException of(ServerMessage.Failed failed) {
        return new SessionException(failed.code(), failed.name(), failed.message(), failed.retry(), null);
    }

    /**
     * Returns OpenTok's number.
     *
     * @return for instance 1004; see {@link ErrorCode}
     */
    public int code() {
        return code;
    }

    /**
     * Returns OpenTok's name.
     *
     * @return for instance {@code OT_AUTHENTICATION_ERROR}
     */
    public String errorName() {
        return errorName;
    }

    /**
     * Tells whether the same call may succeed later.
     *
     * @return true if trying again makes sense
     */
    public boolean retry() {
        return retry;
    }

    /** The application gave a subscription up before media flowed. */
    static SessionException unsubscribed() {
        return new SessionException(1501, "OT_CANCEL", "unsubscribed before media flowed", false, null);
    }

    /** A stream ended before media of it flowed. */
    static SessionException streamEnded(StreamDestroyReason reason) {
        return new SessionException(
                1501, "OT_STREAM_DESTROYED", "the stream ended before media flowed: " + reason.wireName(), false, null);
    }

    /** A session ended before media flowed. */
    static SessionException sessionEnded(DisconnectReason reason) {
        return of(ErrorCode.NOT_CONNECTED, "the session ended before media flowed: " + reason.wireName());
    }

    /** One line for the log. */
    String label() {
        return DisplayText.of(errorName + " (" + code + "): " + getMessage(), LONGEST_LABEL);
    }
}
