package dev.videosession.server.internal.link.negotiation;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * Why a request or a message about a link is refused.
 *
 * @param linkId the link whose description or candidate is refused, or null for any other refusal
 * @param code the error
 * @param message for people
 * @param retryAfterMillis how long to wait before the next attempt, in milliseconds; 0 if that is not known
 */
public record LinkRefusal(@Nullable LinkId linkId, ErrorCode code, String message, long retryAfterMillis) {
    private static final int MAX_REASON = 200;

    private static final String ROUTER_FULL =
            "The media router of this session has as many publications and subscriptions as it carries.";

    public LinkRefusal(ErrorCode code, String message) {
        this(null, code, message, 0);
    }

    /** {@return the refusal of a message about a link that its sender does not have} */
    public static LinkRefusal noSuchLink() {
        return new LinkRefusal(ErrorCode.LINK_NOT_FOUND, "This connection has no such link.");
    }

    /** {@return the refusal of a link that the session's media router cannot carry} */
    public static LinkRefusal routerFull() {
        return new LinkRefusal(ErrorCode.STREAM_LIMIT_EXCEEDED, ROUTER_FULL + " Try again later.");
    }

    /** {@return the same about an open link, which the server goes on trying} */
    static LinkRefusal routerFull(LinkId linkId) {
        return new LinkRefusal(
                linkId, ErrorCode.STREAM_LIMIT_EXCEEDED, ROUTER_FULL + " The server tries again by itself.", 0);
    }

    /**
     * Creates the refusal of a description that the media router cannot use.
     *
     * @param linkId its link
     * @param code the error
     * @param what the kind of description
     * @param reason what the router said; cut if it is long
     * @return the refusal
     */
    static LinkRefusal byRouter(LinkId linkId, ErrorCode code, String what, String reason) {
        String said = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "..." : reason;
        return new LinkRefusal(linkId, code, "The media router cannot use the " + what + ": " + said, 0);
    }

    /** {@return the refusal of a request about a subscription that the connection does not have} */
    public static LinkRefusal noSuchSubscription() {
        return new LinkRefusal(ErrorCode.LINK_NOT_FOUND, "This connection has no such subscription.");
    }

    /**
     * Creates the message that tells the client.
     *
     * @param requestId id of the refused request, or null if a link message was refused
     * @return the message
     */
    public ServerMessage.Failed toReply(@Nullable Long requestId) {
        if (linkId != null) {
            return ServerMessage.Failed.ofLink(linkId, code, message);
        }
        return retryAfterMillis == 0
                ? ServerMessage.Failed.of(requestId, code, message)
                : ServerMessage.Failed.of(requestId, code, message, retryAfterMillis);
    }
}
