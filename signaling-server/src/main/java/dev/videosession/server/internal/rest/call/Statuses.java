package dev.videosession.server.internal.rest.call;

import dev.videosession.protocol.ErrorCode;

/** Maps the error code of a refused command to an HTTP status. */
public final class Statuses {
    private Statuses() {}

    public static int of(ErrorCode code) {
        return switch (code) {
            case SIGNAL_INVALID, INVALID_PARAMETER -> 400;
            case INVALID_SESSION_ID,
                    SIGNAL_NOT_FOUND,
                    FORCE_DISCONNECT_NOT_FOUND,
                    FORCE_UNPUBLISH_NOT_FOUND,
                    FORCE_MUTE_NOT_FOUND,
                    NOT_CONNECTED -> 404;
            case SIGNAL_TOO_LONG -> 413;
            case RATE_LIMIT_EXCEEDED -> 429;
            // a backend is refused nothing else: it needs no permission, and media and connections are not its own
            case AUTHENTICATION_ERROR,
                    CONNECT_FAILED,
                    CONNECT_REJECTED,
                    CONNECT_TIMEOUT,
                    BADLY_FORMED,
                    NOT_SUPPORTED,
                    UNKNOWN_RESUME,
                    CONNECTION_LIMIT_EXCEEDED,
                    PUBLISH_NOT_PERMITTED,
                    PUBLISH_STREAM_NOT_FOUND,
                    SUBSCRIBE_NOT_PERMITTED,
                    SUBSCRIBE_STREAM_NOT_FOUND,
                    ALREADY_SUBSCRIBED,
                    RELAYED_LIMIT_EXCEEDED,
                    LINK_NOT_FOUND,
                    ANSWER_REFUSED,
                    OFFER_REFUSED,
                    CANDIDATE_REFUSED,
                    STREAM_LIMIT_EXCEEDED,
                    SIGNAL_NOT_PERMITTED,
                    FORCE_DISCONNECT_NOT_PERMITTED,
                    FORCE_DISCONNECT_SELF,
                    FORCE_UNPUBLISH_NOT_PERMITTED,
                    FORCE_MUTE_NOT_PERMITTED,
                    INTERNAL_ERROR,
                    CONNECTION_LOST,
                    HARDWARE_UNAVAILABLE,
                    NO_DEVICES_FOUND,
                    CAPTURE_FAILED,
                    SUBSCRIPTION_CANCELED,
                    STREAM_DESTROYED,
                    SUBSCRIBE_FAILED -> 500;
        };
    }
}
