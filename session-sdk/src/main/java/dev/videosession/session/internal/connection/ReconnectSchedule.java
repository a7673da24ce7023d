package dev.videosession.session.internal.connection;

import dev.videosession.protocol.message.Timings;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to attempt to reconnect, and when to stop. An attempt begins after a random wait that grows; all of them end
 * with the window. If the host accepts the socket but sends nothing, the server process is suspended, not dead: the window
 * is then extended, unless all media links are lost as well. Used on the session's loop.
 */
final class ReconnectSchedule {
    /** How long the host may take to accept a socket. */
    private static final long REACH_MILLIS = 4_000;

    private static final long SUSPENDED_CHECK_MILLIS = 250;
    private static final long LONGEST_HINT_MILLIS = 60_000;

    /** Carries out what is due. */
    interface Listener {
        /** A socket is to be opened. */
        void attempt();

        /** The socket of the last attempt is to be dropped: it failed silently. */
        void attemptTimedOut();

        /** No further attempt follows. */
        void timedOut();
    }

    private final SessionLoop loop;
    private final Listener listener;
    private final BooleanSupplier mediaLost;
    private final BooleanSupplier alternatives;
    private Backoff backoff;
    private SessionLoop.@Nullable Timer attempt;
    private SessionLoop.@Nullable Timer window;
    private long silenceMillis;
    private long windowMillis;
    private long extendedEnd;
    private long attemptBegan;
    private boolean attemptReached;
    private boolean suspended;
    private long hintMillis;

    ReconnectSchedule(SessionLoop loop, BooleanSupplier mediaLost, BooleanSupplier alternatives, Listener listener) {
        this.loop = loop;
        this.mediaLost = mediaLost;
        this.alternatives = alternatives;
        this.listener = listener;
        this.backoff = new Backoff(loop.random());
    }

    /**
     * Begins the window, which is as long as the server keeps the connection. It begins when the server wants to be asked.
     *
     * @return in how many milliseconds that is
     */
    long begin(Timings agreed) {
        stop();
        silenceMillis = agreed.silenceMillis();
        suspended = false;
        backoff = new Backoff(loop.random());
        extendedEnd = loop.nowMillis() + hintMillis + agreed.silenceMillis() + 2 * agreed.resumeWindowMillis();
        windowMillis = agreed.resumeWindowMillis();
        endWindowIn(hintMillis + windowMillis);
        return hintMillis;
    }

    /** Replaces the window with another one. */
    void beginAnew(long windowMillis) {
        backoff = new Backoff(loop.random());
        extendedEnd = loop.nowMillis() + windowMillis;
        endWindowIn(windowMillis);
    }

    private void endWindowIn(long millis) {
        if (window != null) {
            window.cancel();
        }
        window = loop.schedule(millis, () -> {
            if (suspended && loop.nowMillis() < extendedEnd && !mediaLost.getAsBoolean()) {
                endWindowIn(SUSPENDED_CHECK_MILLIS);
            } else {
                listener.timedOut();
            }
        });
    }

    /** The server keeps the connection and cannot resume it yet: the window begins again. */
    void postpone() {
        endWindowIn(windowMillis);
    }

    /** The server says when it wants to be asked again. */
    void hint(long retryAfterMillis) {
        hintMillis = Math.max(0, Math.min(retryAfterMillis, LONGEST_HINT_MILLIS));
    }

    void attemptLater() {
        long wait = backoff.next() + hintMillis;
        hintMillis = 0;
        stopAttempt();
        attempt = loop.schedule(wait, () -> {
            attemptBegan = loop.nowMillis();
            attemptReached = false;
            attemptEndsIn(REACH_MILLIS);
            listener.attempt();
        });
    }

    /**
     * The host has accepted the socket: from here on the attempt fails only by silence, and without waiting so long if another
     * node may answer.
     */
    void reached() {
        attemptReached = true;
        suspended = true;
        long limit = alternatives.getAsBoolean() ? REACH_MILLIS : Math.max(REACH_MILLIS, silenceMillis);
        attemptEndsIn(attemptBegan + limit - loop.nowMillis());
    }

    /** The server has opened the socket: it is not suspended, but may be busy with the clients of a lost node. */
    void opened() {
        attemptEndsIn(attemptBegan + Math.max(REACH_MILLIS, silenceMillis) - loop.nowMillis());
    }

    /** The socket of the attempt was closed, or something was received: the server is not suspended. */
    void heard() {
        suspended = false;
    }

    private void attemptEndsIn(long millis) {
        stopAttempt();
        attempt = loop.schedule(millis, () -> {
            suspended = attemptReached;
            listener.attemptTimedOut();
        });
    }

    private void stopAttempt() {
        if (attempt != null) {
            attempt.cancel();
        }
    }

    void stop() {
        stopAttempt();
        if (window != null) {
            window.cancel();
        }
    }
}
