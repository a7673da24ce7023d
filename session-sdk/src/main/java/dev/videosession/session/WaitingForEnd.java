package dev.videosession.session;

import dev.videosession.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the application that wait for the end of a connection. Lives on the session's loop. */
final class WaitingForEnd {
    private final List<Outcome> leaving = new ArrayList<>();
    private @Nullable ConnectAttempt next;

    void leave(Outcome outcome) {
        leaving.add(outcome);
    }

    /** Somebody wants to connect anew when this connection has ended. */
    void connect(ConnectAttempt wanted, Outcome outcome) {
        if (next == null) {
            next = wanted;
        } else {
            next.join(outcome);
        }
    }

    /** A wish to leave is the newer one. */
    void revokeConnect() {
        ConnectAttempt revoked = next;
        next = null;
        if (revoked != null) {
            SessionException error = revoked();
            revoked.settle(waiting -> waiting.fail(error));
        }
    }

    static SessionException revoked() {
        return SessionException.of(ErrorCode.CONNECT_FAILED, "disconnect() was called meanwhile");
    }

    /** Tells those who wanted to leave that it is done. */
    void left() {
        List<Outcome> settled = List.copyOf(leaving);
        leaving.clear();
        settled.forEach(Outcome::succeed);
    }

    /** What is to begin now; null if nothing is. */
    @Nullable
    ConnectAttempt takeNext() {
        ConnectAttempt wanted = next;
        next = null;
        return wanted;
    }
}
