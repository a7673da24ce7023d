package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.PendingResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the application that wait for the end of a connection. Lives on the session's loop. */
final class PendingCalls {
    private final List<PendingResult> leaving = new ArrayList<>();
    private @Nullable ConnectAttempt next;

    void leave(PendingResult outcome) {
        leaving.add(outcome);
    }

    /** Somebody wants to connect anew when this connection has ended. */
    void connect(ConnectAttempt wanted, PendingResult outcome) {
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
        return new SessionException(ErrorCode.CONNECT_FAILED, "disconnect() was called meanwhile");
    }

    /** Tells those who wanted to leave that it is done. */
    void left() {
        List<PendingResult> settled = List.copyOf(leaving);
        leaving.clear();
        settled.forEach(PendingResult::succeed);
    }

    /** What is to begin now; null if nothing is. */
    @Nullable
    ConnectAttempt takeNext() {
        ConnectAttempt wanted = next;
        next = null;
        return wanted;
    }
}
