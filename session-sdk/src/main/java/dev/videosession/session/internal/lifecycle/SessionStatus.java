package dev.videosession.session.internal.lifecycle;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.loop.SessionLoop;
import org.jspecify.annotations.Nullable;

/** The phase of a session and its established connection. Changed on the loop; may be read from any thread. */
final class SessionStatus {
    private final SessionLoop loop;
    private volatile SessionPhase phase = SessionPhase.DISCONNECTED;
    private volatile @Nullable EstablishedConnection established;
    private volatile boolean closed;

    SessionStatus(SessionLoop loop) {
        this.loop = loop;
    }

    SessionPhase phase() {
        return phase;
    }

    boolean is(SessionPhase expected) {
        return phase == expected;
    }

    /** {@return the established connection, or null} */
    @Nullable
    EstablishedConnection established() {
        return established;
    }

    void setEstablished(@Nullable EstablishedConnection connection) {
        loop.assertInLoop();
        established = connection;
    }

    void move(SessionPhase.Input input) {
        loop.assertInLoop();
        SessionPhase next = phase.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in phase " + phase);
        }
        phase = next;
    }

    /** Closes the session for good: it cannot be connected again. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** {@return why a call that needs an established connection cannot be carried out now} */
    SessionException notConnected() {
        return new SessionException(
                ErrorCode.NOT_CONNECTED,
                switch (phase) {
                    case CONNECTING -> "the session is still connecting";
                    case DISCONNECTING, DISCONNECTING_OFFLINE -> "the session is disconnecting";
                    default ->
                        closed
                                ? "the session is closed for good; build a new one"
                                : "the session is not connected; call connect() first";
                });
    }
}
