package dev.videosession.session.internal.connection;

import dev.videosession.protocol.Timings;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to try to come back, and when to stop trying. An attempt begins after a random wait that grows; all end with the
 * window. A server whose machine takes the socket and then says nothing is frozen rather than gone, and waited for longer,
 * unless the media to everybody else is lost as well. Lives on the session's loop.
 */
final class ReconnectSchedule {
    /** How long a socket may take to be taken. */
    private static final long REACH_MILLIS = 4_000;

    private static final long FROZEN_CHECK_MILLIS = 250;
    private static final long LONGEST_HINT_MILLIS = 60_000;

    /** Told what the time has come for. */
    interface Alarm {
        /** To open a socket. */
        void attempt();

        /** To drop the socket of the last attempt: nothing came of it. */
        void attemptTimedOut();

        /** To give up. */
        void timedOut();
    }

    private final SessionLoop loop;
    private final Alarm alarm;
    private final BooleanSupplier mediaLost;
    private Backoff backoff;
    private SessionLoop.@Nullable Timer attempt;
    private SessionLoop.@Nullable Timer window;
    private long silenceMillis;
    private long patienceEnds;
    private long attemptBegan;
    private boolean attemptReached;
    private boolean frozen;
    private long hintMillis;

    ReconnectSchedule(SessionLoop loop, BooleanSupplier mediaLost, Alarm alarm) {
        this.loop = loop;
        this.mediaLost = mediaLost;
        this.alarm = alarm;
        this.backoff = new Backoff(loop.random());
    }

    /**
     * Begins the window, as long as the server has promised to wait; it begins when the server wants to be asked. Returns in
     * how many milliseconds that is.
     */
    long begin(Timings agreed) {
        stop();
        silenceMillis = agreed.silenceMillis();
        frozen = false;
        backoff = new Backoff(loop.random());
        patienceEnds = loop.nowMillis() + hintMillis + agreed.silenceMillis() + 2 * agreed.resumeWindowMillis();
        endWindowIn(hintMillis + agreed.resumeWindowMillis());
        return hintMillis;
    }

    /** Gives what follows a time of its own. */
    void beginAnew(long windowMillis) {
        backoff = new Backoff(loop.random());
        patienceEnds = loop.nowMillis() + windowMillis;
        endWindowIn(windowMillis);
    }

    private void endWindowIn(long millis) {
        if (window != null) {
            window.cancel();
        }
        window = loop.schedule(millis, () -> {
            if (frozen && loop.nowMillis() < patienceEnds && !mediaLost.getAsBoolean()) {
                endWindowIn(FROZEN_CHECK_MILLIS);
            } else {
                alarm.timedOut();
            }
        });
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
            alarm.attempt();
        });
    }

    /** The server's machine has taken the socket: from here on only silence speaks against it. */
    void reached() {
        attemptReached = true;
        frozen = true;
        attemptEndsIn(attemptBegan + Math.max(REACH_MILLIS, silenceMillis) - loop.nowMillis());
    }

    /** The socket of the attempt ended by itself, or something came over it. */
    void heard() {
        frozen = false;
    }

    private void attemptEndsIn(long millis) {
        stopAttempt();
        attempt = loop.schedule(millis, () -> {
            frozen = attemptReached;
            alarm.attemptTimedOut();
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
