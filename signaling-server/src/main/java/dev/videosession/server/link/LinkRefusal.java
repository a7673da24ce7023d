package dev.videosession.server.link;

import dev.videosession.protocol.ErrorCode;

/**
 * Why a request or a message about a link is refused.
 *
 * @param code the kind
 * @param message for people
 * @param retryAfterMillis how long to wait before the next attempt, in milliseconds; 0 if nothing is known about that
 */
public record LinkRefusal(ErrorCode code, String message, long retryAfterMillis) {
    LinkRefusal(ErrorCode code, String message) {
        this(code, message, 0);
    }
}
