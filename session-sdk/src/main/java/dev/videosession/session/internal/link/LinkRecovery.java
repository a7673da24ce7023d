package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkState;
import dev.videosession.session.internal.loop.SessionLoop;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to restart ICE on a broken media link: after a delay when it is disconnected, because most interruptions pass,
 * and at once when it has failed; then repeatedly, with growing delays. A link that never connects is restarted too, because
 * its description may have been lost with a socket. Used on the session's loop.
 */
public final class LinkRecovery {
    private static final long DISCONNECTED_MILLIS = 2_000;
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long SLOWEST_RETRY_MILLIS = 15_000;
    private static final long FIRST_CONNECTION_MILLIS = 10_000;

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
            case DISCONNECTED -> restartIn(DISCONNECTED_MILLIS);
            case FAILED -> restartIn(0);
            case CLOSED -> stop();
            default -> {
                // being opened: nothing to repair
            }
        }
    }

    public LinkState state() {
        return state;
    }

    /** Restarts if the first description does not lead to a connection in time. */
    public void expectConnection() {
        restartIn(FIRST_CONNECTION_MILLIS);
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
