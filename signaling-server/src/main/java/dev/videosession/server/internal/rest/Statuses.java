package dev.videosession.server.internal.rest;

import dev.videosession.protocol.ErrorCode;

/** Maps the error code of a refused command to an HTTP status. */
final class Statuses {
    private Statuses() {}

    static int of(ErrorCode code) {
        return switch (code) {
            case SIGNAL_INVALID, INVALID_PARAMETER -> 400;
            case INVALID_SESSION_ID,
                    SIGNAL_NOT_FOUND,
                    FORCE_DISCONNECT_NOT_FOUND,
                    FORCE_MUTE_NOT_FOUND,
                    NOT_CONNECTED -> 404;
            case SIGNAL_TOO_LONG -> 413;
            case RATE_LIMIT_EXCEEDED -> 429;
            default -> 500;
        };
    }
}
