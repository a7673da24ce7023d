package dev.videosession.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.loop.Loop;
import dev.videosession.session.signaling.Requests;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Attempts to come back to a lost connection, until the server's resume window ends. Lives on the session's loop. */
final class Resumption {
    private static final long NONE = -1;

    /** Told what the server said, and which requests it may not have received. */
    interface Answer {
        void accept(ServerMessage.Reply reply, List<ClientMessage.Request> unanswered);
    }

    private static final long ATTEMPT_MILLIS = 4_000;

    private final Loop loop;
    private final SessionId sessionId;
    private final Runnable attempt;
    private final Runnable attemptTimedOut;
    private final Runnable timedOut;
    private Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private Loop.@Nullable Timer nextAttempt;
    private Loop.@Nullable Timer window;
    private boolean underWay;
    private long hintMillis;
    private long request = NONE;
    private long catchUpTo = NONE;

    Resumption(Loop loop, SessionId sessionId, Runnable attempt, Runnable attemptTimedOut, Runnable timedOut) {
        this.loop = loop;
        this.sessionId = sessionId;
        this.attempt = attempt;
        this.attemptTimedOut = attemptTimedOut;
        this.timedOut = timedOut;
    }

    /** The server says when it wants to be asked again. */
    void hint(long retryAfterMillis) {
        hintMillis = Math.max(0, Math.min(retryAfterMillis, 60_000));
    }

    void begin(long windowMillis) {
        stop();
        backoff = new Backoff(ThreadLocalRandom.current());
        window = loop.schedule(windowMillis, timedOut);
        attemptLater();
    }

    void attemptLater() {
        underWay = true;
        long wait = backoff.next() + hintMillis;
        hintMillis = 0;
        stopAttempt();
        nextAttempt = loop.schedule(wait, () -> {
            nextAttempt = loop.schedule(ATTEMPT_MILLIS, attemptTimedOut);
            attempt.run();
        });
    }

    void ask(ServerWire wire, EstablishedConnection current, Answer answer) {
        wire.request(
                id -> {
                    request = id;
                    return new ClientMessage.Resume(
                            id,
                            MessageCodec.PROTOCOL_VERSION,
                            sessionId,
                            current.id(),
                            current.resumeKey(),
                            current.updates().sequence());
                },
                true,
                reply -> answer.accept(reply, wire.requests().unanswered()));
    }

    void forgetRequest(Requests requests) {
        if (request != NONE) {
            requests.forget(request);
            request = NONE;
        }
    }

    void succeeded(long upTo) {
        stop();
        request = NONE;
        catchUpTo = upTo;
    }

    /** True from the loss to the answer of the server. */
    boolean isUnderWay() {
        return underWay;
    }

    /** True once, when the events up to the one named by the server have been handled. */
    boolean isCaughtUp(long sequence) {
        if (catchUpTo == NONE || sequence < catchUpTo) {
            return false;
        }
        catchUpTo = NONE;
        return true;
    }

    private void stopAttempt() {
        if (nextAttempt != null) {
            nextAttempt.cancel();
        }
    }

    void stop() {
        underWay = false;
        catchUpTo = NONE;
        stopAttempt();
        if (window != null) {
            window.cancel();
        }
    }
}
