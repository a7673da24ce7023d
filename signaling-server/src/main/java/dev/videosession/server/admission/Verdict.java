package dev.videosession.server.admission;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.text.WellFormedText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The decision of an {@link Admission}. */
public sealed interface Verdict {
    /** The request is allowed. */
    record Allowed() implements Verdict {}

    /**
     * The request is refused.
     *
     * @param reason shown to the user; cut after {@link Limits#MODERATOR_MESSAGE} characters
     */
    record Refused(String reason) implements Verdict {
        public Refused {
            reason = WellFormedText.shorten(reason, Limits.MODERATOR_MESSAGE);
        }
    }

    /** {@return a completed stage that allows the request} */
    static CompletionStage<Verdict> allow() {
        return CompletableFuture.completedFuture(new Allowed());
    }

    /**
     * Refuses the request.
     *
     * @param reason shown to the user
     * @return a completed stage
     */
    static CompletionStage<Verdict> refuse(String reason) {
        return CompletableFuture.completedFuture(new Refused(reason));
    }
}
