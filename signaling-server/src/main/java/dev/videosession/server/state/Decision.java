package dev.videosession.server.state;

import dev.videosession.protocol.ErrorCode;
import java.util.List;

/** What {@link SessionRules} answer to a command. */
public sealed interface Decision {
    /**
     * The command is carried out.
     *
     * @param events what happens, in order; empty if the command is allowed but changes nothing
     */
    record Accepted(List<SessionEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
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
    }
}
