package dev.videosession.server.internal.rules;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.List;

/** What {@link SessionRules} decide about a command. */
public sealed interface Decision {
    /**
     * Calls the method of a visitor for the type of this decision.
     *
     * @param visitor called on this thread, once
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <R> R accept(Decision.Visitor<R> visitor);

    /** {@return the events to log, in order; empty if there are none} */
    List<LoggedEvent> events();

    /** {@return the effects that follow from no event; empty if there are none} */
    List<Effect> effects();

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
     * @param effects what a command that logs nothing does; empty if there are events, whose effects {@link Effects} derives
     */
    record Accepted(List<LoggedEvent> events, List<Effect> effects) implements Decision {
        /** The command is allowed but changes nothing. */
        public static final Accepted NOTHING = new Accepted(List.of());

        public Accepted {
            events = List.copyOf(events);
            effects = List.copyOf(effects);
            if (!events.isEmpty() && !effects.isEmpty()) {
                throw new IllegalArgumentException(
                        "a decision with events has no effects of its own: they are derived from the events");
            }
        }

        /**
         * Accepts a command whose effects are those of its events.
         *
         * @param events what happens, in order; empty for nothing at all
         */
        public Accepted(List<LoggedEvent> events) {
            this(events, List.of());
        }

        /**
         * Accepts a command that logs nothing.
         *
         * @param effect what it does
         * @return the decision
         */
        public static Accepted with(Effect effect) {
            return new Accepted(List.of(), List.of(effect));
        }

        static Accepted of(LoggedEvent event) {
            return new Accepted(List.of(event));
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
        @Override
        public List<LoggedEvent> events() {
            return List.of();
        }

        @Override
        public List<Effect> effects() {
            return List.of();
        }

        /**
         * {@return the refusal of a command to a session without connections}
         */
        public static Rejected sessionEmpty() {
            return new Rejected(ErrorCode.INVALID_SESSION_ID, "The session has no connections.");
        }

        @Override
        public <R> R accept(Decision.Visitor<R> visitor) {
            return visitor.onRejected(this);
        }
    }
}
