package dev.videosession.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * The catalogue of errors, with OpenTok's number and name. As in OpenTok, several errors share a number or a name; the two
 * together identify an error, except that {@link #CANDIDATE_REFUSED} looks like {@link #INVALID_PARAMETER} on the wire.
 */
public enum ErrorCode {
    /** The token is malformed, forged, expired, revoked or for another session. */
    AUTHENTICATION_ERROR(1004, "OT_AUTHENTICATION_ERROR", false),
    /** The session does not exist or belongs to another project. */
    INVALID_SESSION_ID(1005, "OT_INVALID_SESSION_ID", false),
    /** The server cannot take the connection now. */
    CONNECT_FAILED(1006, "OT_CONNECT_FAILED", true),
    /** The server's admission rules refuse this client. */
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
    /** The connection to resume has ended. Connect again. */
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
    /** The link does not exist or belongs to other connections. */
    LINK_NOT_FOUND(1501, "OT_NOT_FOUND", false),
    /** The answer or candidate of a subscriber is malformed or does not fit its offer. */
    ANSWER_REFUSED(1600, "OT_SET_REMOTE_DESCRIPTION_FAILED", false),
    /** The offer of a publisher is malformed, or changes what its link fixed. */
    OFFER_REFUSED(1601, "OT_SET_REMOTE_DESCRIPTION_FAILED", false),
    /** A candidate is malformed. */
    CANDIDATE_REFUSED(1011, "OT_INVALID_PARAMETER", false),
    /** Too many streams or subscriptions. */
    STREAM_LIMIT_EXCEEDED(1605, "OT_STREAM_LIMIT_EXCEEDED", true),
    /** The type or the data of the signal is not allowed. */
    SIGNAL_INVALID(400, "OT_INVALID_PARAMETER", false),
    /** The role does not permit signals. */
    SIGNAL_NOT_PERMITTED(403, "OT_PERMISSION_DENIED", false),
    /** The recipient is not in the session. */
    SIGNAL_NOT_FOUND(404, "OT_NOT_FOUND", false),
    /** The type or the data of the signal is too long. */
    SIGNAL_TOO_LONG(413, "OT_INVALID_PARAMETER", false),
    /** Too many requests. Slow down. */
    RATE_LIMIT_EXCEEDED(429, "OT_RATE_LIMIT_EXCEEDED", true),
    /** The role does not permit disconnecting other clients. */
    FORCE_DISCONNECT_NOT_PERMITTED(1520, "OT_PERMISSION_DENIED", false),
    /** The connection to disconnect is not in the session. */
    FORCE_DISCONNECT_NOT_FOUND(1520, "OT_NOT_FOUND", false),
    /** A connection cannot force-disconnect itself. */
    FORCE_DISCONNECT_SELF(1520, "OT_INVALID_PARAMETER", false),
    /** The role does not permit unpublishing streams of other clients. */
    FORCE_UNPUBLISH_NOT_PERMITTED(1530, "OT_PERMISSION_DENIED", false),
    /** The stream to unpublish is not in the session. */
    FORCE_UNPUBLISH_NOT_FOUND(1535, "OT_STREAM_NOT_FOUND", false),
    /** The role does not permit muting other clients. */
    FORCE_MUTE_NOT_PERMITTED(1540, "OT_PERMISSION_DENIED", false),
    /** The stream to mute is not in the session. */
    FORCE_MUTE_NOT_FOUND(1540, "OT_STREAM_NOT_FOUND", false),
    /** The server failed. Its log has the cause. */
    INTERNAL_ERROR(2000, "OT_INTERNAL_ERROR", true),

    /** An established connection was lost and could not be resumed. Reported by clients. */
    CONNECTION_LOST(1022, "OT_DISCONNECTED", true, false),
    /** A camera or microphone is missing or in use. Reported by clients. */
    HARDWARE_UNAVAILABLE(1500, "OT_HARDWARE_UNAVAILABLE", true, false),
    /** The computer has no camera and no microphone. Reported by clients. */
    NO_DEVICES_FOUND(1500, "OT_NO_DEVICES_FOUND", false, false),
    /** A media source failed. Reported by clients. */
    CAPTURE_FAILED(1500, "OT_UNABLE_TO_CAPTURE_MEDIA", false, false),
    /** The application unsubscribed before media arrived. Reported by clients. */
    SUBSCRIPTION_CANCELED(1501, "OT_CANCEL", false, false),
    /** The stream ended before media arrived. Reported by clients. */
    STREAM_DESTROYED(1501, "OT_STREAM_DESTROYED", false, false),
    /** The media link of a subscription could not be created. Reported by clients. */
    SUBSCRIBE_FAILED(1600, "OT_UNABLE_TO_SUBSCRIBE", false, false);

    private final int code;
    private final String errorName;
    private final boolean retryable;
    private final boolean sentByServer;

    ErrorCode(int code, String errorName, boolean retryable) {
        this(code, errorName, retryable, true);
    }

    ErrorCode(int code, String errorName, boolean retryable, boolean sentByServer) {
        this.code = code;
        this.errorName = errorName;
        this.retryable = retryable;
        this.sentByServer = sentByServer;
    }

    /** {@return OpenTok's number, for instance 1004} */
    public int code() {
        return code;
    }

    /** {@return OpenTok's name, for instance {@code OT_PERMISSION_DENIED}} */
    public String errorName() {
        return errorName;
    }

    /** {@return whether the same request may succeed later} */
    public boolean isRetryable() {
        return retryable;
    }

    /** {@return whether the server sends this error; a client library reports the other errors to its application} */
    public boolean isSentByServer() {
        return sentByServer;
    }

    /**
     * Finds the error of a number and a name.
     *
     * @param code OpenTok's number
     * @param errorName OpenTok's name
     * @return the error, or empty if this version does not know it
     */
    public static Optional<ErrorCode> find(int code, String errorName) {
        return Arrays.stream(values())
                .filter(each -> each.code == code && each.errorName.equals(errorName))
                .findFirst();
    }
}
