package dev.videosession.server.internal.state;

import dev.videosession.protocol.ErrorCode;
import java.util.List;

/** What {@link SessionRules} answer to a command. */
public sealed interface Decision {
    /**
     * Calls the method of a visitor for the type of this decision.
     *
     * @param visitor called on this thread, once
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <R> R accept(Decision.Visitor<R> visitor);

    /**
     * One method for each type of decision. It has no default methods, so that a new type does not compile until every
     * reader handles it.
     *
     * @param <R> type of the result
     */
    interface Visitor<R> {
        R onAccepted(Accepted decision);

        R onRejected(Rejected decision);
    }

    /**
     * The command is carried out.
     *
     * @param events what happens, in order; empty if the command is allowed but changes nothing
     */
    record Accepted(List<SessionEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }

        @Override
        public <R> R accept(Decision.Visitor<R> visitor) {
            return visitor.onAccepted(this);
        }
    }

    /**
     * The command is refused and nothing happens.
     *
     * @param code why
     * @param message for people
     */
    record Rejected(ErrorCode code, String message) implements Decision {
        /**
         * Makes the refusal of a command to a session that nobody is in.
         *
         * @return the refusal
         */
        public static Rejected nobodyIn() {
            return new Rejected(ErrorCode.INVALID_SESSION_ID, "nobody is in the session");
        }

        @Override
        public <R> R accept(Decision.Visitor<R> visitor) {
            return visitor.onRejected(this);
        }
    }
}
