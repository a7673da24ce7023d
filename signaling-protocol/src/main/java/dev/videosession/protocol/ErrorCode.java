package dev.videosession.protocol;

/**
 * Everything the server may refuse, with OpenTok's number and name, and whether the same request may succeed later.
 * A number that several refusals share is told apart by the name, as in OpenTok.
 */
public enum ErrorCode {
    /** The token is malformed, forged, expired, revoked or for another session. */
    AUTHENTICATION_ERROR(1004, "OT_AUTHENTICATION_ERROR", false),
    /** The session does not exist or belongs to another project. */
    INVALID_SESSION_ID(1005, "OT_INVALID_SESSION_ID", false),
    /** The server cannot take the connection now. */
    CONNECT_FAILED(1006, "OT_CONNECT_FAILED", true),
    /** The server's rules do not admit this client. */
    CONNECT_REJECTED(1007, "OT_PERMISSION_DENIED", false),
    /** No connection was established in time. */
    CONNECT_TIMEOUT(1008, "OT_TIMEOUT", true),
    /** The request needs an established connection. */
    NOT_CONNECTED(1010, "OT_NOT_CONNECTED", false),
    /** A field is missing, too long or not allowed. */
    INVALID_PARAMETER(1011, "OT_INVALID_PARAMETER", false),
    /** The message is not JSON, or not a message of this protocol. */
    BADLY_FORMED(1011, "OT_BADLY_FORMED_MESSAGE", false),
    /** The type of the message is unknown to this version. */
    NOT_SUPPORTED(1011, "OT_NOT_SUPPORTED", false),
    /** The connection to resume is gone; connect anew. */
    UNKNOWN_RESUME(1022, "OT_UNKNOWN_RESUME", false),
    /** The session is full. */
    CONNECTION_LIMIT_EXCEEDED(1027, "OT_CONNECTION_LIMIT_EXCEEDED", true),
    /** The role does not permit publishing. */
    PUBLISH_NOT_PERMITTED(1500, "OT_PERMISSION_DENIED", false),
    /** The stream is not one of the connection's own. */
    PUBLISH_STREAM_NOT_FOUND(1500, "OT_STREAM_NOT_FOUND", false),
    /** The role does not permit subscribing. */
    SUBSCRIBE_NOT_PERMITTED(1501, "OT_PERMISSION_DENIED", false),
    /** There is no such stream in the session. */
    SUBSCRIBE_STREAM_NOT_FOUND(1501, "OT_STREAM_NOT_FOUND", false),
    /** The connection is subscribed to the stream already. */
    ALREADY_SUBSCRIBED(1501, "OT_UNABLE_TO_SUBSCRIBE", false),
    /** The publisher of a relayed session has as many subscribers as it can serve. */
    RELAYED_LIMIT_EXCEEDED(1403, "OT_STREAM_LIMIT_EXCEEDED", true),
    /** The link does not exist or belongs to others. */
    LINK_NOT_FOUND(1501, "OT_NOT_FOUND", false),
    /** The answer or candidate of a subscriber is malformed or does not fit its offer. */
    ANSWER_REFUSED(1600, "OT_SET_REMOTE_DESCRIPTION_FAILED", false),
    /** The offer of a publisher is malformed, or changes what its link fixed. */
    OFFER_REFUSED(1601, "OT_SET_REMOTE_DESCRIPTION_FAILED", false),
    /** A candidate is malformed. */
    CANDIDATE_REFUSED(1011, "OT_INVALID_PARAMETER", false),
    /** Too many streams or subscriptions. */
    STREAM_LIMIT_EXCEEDED(1605, "OT_STREAM_LIMIT_EXCEEDED", true),
    /** Type or data of the signal are not allowed. */
    SIGNAL_INVALID(400, "OT_INVALID_PARAMETER", false),
    /** The role does not permit signals. */
    SIGNAL_NOT_PERMITTED(403, "OT_PERMISSION_DENIED", false),
    /** The addressee is not in the session. */
    SIGNAL_NOT_FOUND(404, "OT_NOT_FOUND", false),
    /** Type or data of the signal are too long. */
    SIGNAL_TOO_LONG(413, "OT_INVALID_PARAMETER", false),
    /** Too many requests; slow down. */
    RATE_LIMIT_EXCEEDED(429, "OT_RATE_LIMIT_EXCEEDED", true),
    /** The role does not permit removing others. */
    FORCE_DISCONNECT_NOT_PERMITTED(1520, "OT_PERMISSION_DENIED", false),
    /** The one to remove is not in the session. */
    FORCE_DISCONNECT_NOT_FOUND(1520, "OT_NOT_FOUND", false),
    /** Nobody removes himself: disconnect instead. */
    FORCE_DISCONNECT_SELF(1520, "OT_INVALID_PARAMETER", false),
    /** The role does not permit ending streams of others. */
    FORCE_UNPUBLISH_NOT_PERMITTED(1530, "OT_PERMISSION_DENIED", false),
    /** The stream to end is not in the session. */
    FORCE_UNPUBLISH_NOT_FOUND(1535, "OT_STREAM_NOT_FOUND", false),
    /** The role does not permit muting others. */
    FORCE_MUTE_NOT_PERMITTED(1540, "OT_PERMISSION_DENIED", false),
    /** The stream to mute is not in the session. */
    FORCE_MUTE_NOT_FOUND(1540, "OT_STREAM_NOT_FOUND", false),
    /** The server failed; its log says how. */
    INTERNAL_ERROR(2000, "OT_INTERNAL_ERROR", true);

    private final int code;
    private final String errorName;
    private final boolean retry;

    ErrorCode(int code, String errorName, boolean retry) {
        this.code = code;
        this.errorName = errorName;
        this.retry = retry;
    }

    /**
     * Returns OpenTok's number.
     *
     * @return the number
     */
    public int code() {
        return code;
    }

    /**
     * Returns OpenTok's name.
     *
     * @return for instance {@code OT_PERMISSION_DENIED}
     */
    public String errorName() {
        return errorName;
    }

    /**
     * Tells whether the same request may succeed later.
     *
     * @return true if it makes sense to try again
     */
    public boolean retry() {
        return retry;
    }
}
