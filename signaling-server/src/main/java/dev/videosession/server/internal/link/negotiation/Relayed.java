package dev.videosession.server.internal.link.negotiation;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of checking a message that one end of a link sent to the other end. */
public sealed interface Relayed {
    /** {@return the message to pass on, or null for none} */
    @Nullable
    LinkMessage message();

    /**
     * {@return why the sender is refused, or empty}
     *
     * @param linkId the link of the message
     */
    Optional<LinkRefusal> refusal(LinkId linkId);

    /** {@return why the message is not passed on, from a small fixed set, or null if there is nothing to count} */
    @Nullable
    String reason();

    /**
     * The message is passed on.
     *
     * @param message the message, with its text rebuilt from the parsed form
     */
    record Forwarded(LinkMessage message) implements Relayed {
        @Override
        public Optional<LinkRefusal> refusal(LinkId linkId) {
            return Optional.empty();
        }

        @Override
        public @Nullable String reason() {
            return null;
        }
    }

    /**
     * The message is refused. Only the sender receives an error.
     *
     * @param code the error
     * @param reason why, from a small fixed set: a label for metrics and logs
     * @param explanation for people
     */
    record Refused(ErrorCode code, String reason, String explanation) implements Relayed {
        @Override
        public @Nullable LinkMessage message() {
            return null;
        }

        @Override
        public Optional<LinkRefusal> refusal(LinkId linkId) {
            return Optional.of(new LinkRefusal(linkId, code, explanation, 0));
        }
    }

    /**
     * The message is dropped without an error: it is out of date, or exceeds the limit of candidates.
     *
     * @param overLimit whether it exceeds the limit
     */
    record Dropped(boolean overLimit) implements Relayed {
        @Override
        public @Nullable LinkMessage message() {
            return null;
        }

        @Override
        public @Nullable String reason() {
            return overLimit ? "limit" : null;
        }

        @Override
        public Optional<LinkRefusal> refusal(LinkId linkId) {
            return Optional.empty();
        }
    }
}
