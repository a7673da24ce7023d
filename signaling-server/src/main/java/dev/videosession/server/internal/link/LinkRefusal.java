package dev.videosession.server.internal.link;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.LinkId;
import org.jspecify.annotations.Nullable;

/**
 * Why a request or a message about a link is refused.
 *
 * @param linkId the link whose description or candidate is refused, or null if it is something else
 * @param code the kind
 * @param message for people
 * @param retryAfterMillis how long to wait before the next attempt, in milliseconds; 0 if nothing is known about that
 */
public record LinkRefusal(@Nullable LinkId linkId, ErrorCode code, String message, long retryAfterMillis) {
    LinkRefusal(ErrorCode code, String message) {
        this(null, code, message, 0);
    }
}
