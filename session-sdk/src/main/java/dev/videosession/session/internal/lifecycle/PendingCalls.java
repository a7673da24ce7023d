package dev.videosession.session.internal.lifecycle;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.connection.ConnectAttempt;
import dev.videosession.session.internal.connection.DeferredCommand;
import dev.videosession.session.internal.dispatch.PendingResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of the application that wait for the end of a connection. Used on the session's loop. */
final class PendingCalls {
    private final List<PendingResult> disconnects = new ArrayList<>();
    private @Nullable ConnectAttempt next;

    void disconnect(PendingResult result) {
        disconnects.add(result);
    }

    /** Keeps an attempt to connect, which begins when the connection has ended. */
    void connect(ConnectAttempt attempt, PendingResult result) {
        if (next == null) {
            next = attempt;
        } else {
            next.join(result);
        }
    }

    /** Keeps a command for the next connection; returns false if none is wanted. */
    boolean defer(DeferredCommand command) {
        if (next == null) {
            return false;
        }
        next.defer(command);
        return true;
    }

    /** A later call of {@code disconnect} revokes an earlier call of {@code connect}. */
    void revokeConnect() {
        ConnectAttempt revoked = next;
        next = null;
        if (revoked != null) {
            revoked.fail(revoked());
        }
    }

    static SessionException revoked() {
        return new SessionException(ErrorCode.CONNECT_FAILED, "disconnect() was called meanwhile");
    }

    /** Completes all calls of {@code disconnect}. */
    void disconnected() {
        List<PendingResult> settled = List.copyOf(disconnects);
        disconnects.clear();
        settled.forEach(PendingResult::succeed);
    }

    /** {@return the attempt that is to begin now, or null; it is no longer pending} */
    @Nullable
    ConnectAttempt takeNext() {
        ConnectAttempt taken = next;
        next = null;
        return taken;
    }
}
