package dev.videosession.session.precall;

import java.time.Duration;

/**
 * The result of one step.
 *
 * @param outcome whether it passed
 * @param message for users: what was found, or what failed and what to do
 * @param took how long the step took; zero if it was skipped
 */
public record PreCallCheck(CheckOutcome outcome, String message, Duration took) {
    /** How a step ended. */
    public enum CheckOutcome {
        /** It found what a call needs. */
        PASSED,
        /** It did not. */
        FAILED,
        /** It was not run: an earlier step failed, the session does not need it, or the test was built without it. */
        SKIPPED
    }

    /** {@return whether the step passed} */
    public boolean passed() {
        return outcome == CheckOutcome.PASSED;
    }
}
