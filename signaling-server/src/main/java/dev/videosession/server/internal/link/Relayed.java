package dev.videosession.server.internal.link;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.LinkMessage;

/** What becomes of a message that one end of a link sent for the other. */
sealed interface Relayed {
    /**
     * It is passed on.
     *
     * @param message the message, with its text rebuilt from what was understood of it
     */
    record Forwarded(LinkMessage message) implements Relayed {}

    /**
     * It is refused: the sender is told, the other end is not.
     *
     * @param code the error
     * @param reason why, from a small fixed set: a label for metrics and logs
     * @param message for people
     */
    record Refused(ErrorCode code, String reason, String message) implements Relayed {}

    /**
     * It is dropped, and nobody is told: it came too late, or it is one candidate too many.
     *
     * @param overLimit whether a limit was reached
     */
    record Dropped(boolean overLimit) implements Relayed {}
}
