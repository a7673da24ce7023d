package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkState;
import dev.videosession.session.internal.loop.SessionLoop;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a broken media path is tried anew: some time after it was interrupted, as most interruptions pass, and at
 * once when it was given up; then again and again, more and more slowly. A path that never comes to be is tried anew too, as
 * its description may have been written to a dying socket. Lives on the session's loop.
 */
public final class LinkRecovery {
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long SLOWEST_RETRY_MILLIS = 15_000;
    private static final long FIRST_PATIENCE_MILLIS = 10_000;

    private final SessionLoop loop;
    private final Runnable restart;
    private SessionLoop.@Nullable Timer timer;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private LinkState state = LinkState.NEW;

    public LinkRecovery(SessionLoop loop, Runnable restart) {
        this.loop = loop;
        this.restart = restart;
    }

    public void onState(LinkState next) {
        state = next;
        switch (next) {
            case CONNECTED -> {
                retryMillis = FIRST_RETRY_MILLIS;
                stop();
            }
            case DISCONNECTED -> restartIn(PATIENCE_MILLIS);
            case FAILED -> restartIn(0);
            case CLOSED -> stop();
            default -> {
                // being built: nothing to repair
            }
        }
    }

    public LinkState state() {
        return state;
    }

    /** Tries anew if the first description does not lead to a connection. */
    public void expectConnection() {
        restartIn(FIRST_PATIENCE_MILLIS);
    }

    /** The signaling was interrupted: restarts at once unless the link is connected, because messages may be lost. */
    public void resendAfterInterruption() {
        if (state != LinkState.CONNECTED && state != LinkState.CLOSED) {
            restartIn(0);
        }
    }

    public void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void restartIn(long millis) {
        stop();
        timer = loop.schedule(millis, () -> {
            timer = null;
            if (state == LinkState.CONNECTED || state == LinkState.CLOSED) {
                return;
            }
            restart.run();
            retryMillis = Math.min(retryMillis * 2, SLOWEST_RETRY_MILLIS);
            restartIn(retryMillis);
        });
    }
}
