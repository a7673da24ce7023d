package dev.videosession.server.admission;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.WellFormedText;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an {@link Admission} decides. */
public sealed interface Verdict {
    /** It may happen. */
    record Allowed() implements Verdict {}

    /**
     * It may not happen.
     *
     * @param reason told to the client, for people; cut after {@link Limits#MODERATOR_MESSAGE} characters
     */
    record Refused(String reason) implements Verdict {
        public Refused {
            reason = WellFormedText.shorten(reason, Limits.MODERATOR_MESSAGE);
        }
    }

    /**
     * Allows at once.
     *
     * @return a completed stage
     */
    static CompletionStage<Verdict> allow() {
        return CompletableFuture.completedFuture(new Allowed());
    }

    /**
     * Refuses at once.
     *
     * @param reason told to the client, for people
     * @return a completed stage
     */
    static CompletionStage<Verdict> refuse(String reason) {
        return CompletableFuture.completedFuture(new Refused(reason));
    }
}
