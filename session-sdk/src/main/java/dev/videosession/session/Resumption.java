package dev.videosession.session;

import dev.videosession.session.loop.Loop;
import dev.videosession.session.signaling.Requests;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Attempts to come back to a lost connection, until the server's resume window ends. Lives on the session's loop. */
final class Resumption {
    private static final long NONE = -1;

    private final Loop loop;
    private final Runnable attempt;
    private final Runnable timedOut;
    private Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private Loop.@Nullable Timer nextAttempt;
    private Loop.@Nullable Timer window;
    private long hintMillis;
    private long request = NONE;
    private long catchUpTo = NONE;

    Resumption(Loop loop, Runnable attempt, Runnable timedOut) {
        this.loop = loop;
        this.attempt = attempt;
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
        long wait = backoff.next() + hintMillis;
        hintMillis = 0;
        nextAttempt = loop.schedule(wait, attempt);
    }

    void asked(long requestId) {
        request = requestId;
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

    /** True once, when the events up to the one named by the server have been handled. */
    boolean isCaughtUp(long sequence) {
        if (catchUpTo == NONE || sequence < catchUpTo) {
            return false;
        }
        catchUpTo = NONE;
        return true;
    }

    void stop() {
        catchUpTo = NONE;
        if (nextAttempt != null) {
            nextAttempt.cancel();
        }
        if (window != null) {
            window.cancel();
        }
    }
}
