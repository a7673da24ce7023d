package dev.videosession.session;

import org.jspecify.annotations.Nullable;

/**
 * Where a signal goes and what becomes of it while the server is out of reach.
 *
 * @param to the addressee, or null for everybody in the session, the sender included
 * @param retryAfterReconnect true to keep the signal while the session is reconnecting and send it then; false to fail
 */
public record SignalOptions(@Nullable Connection to, boolean retryAfterReconnect) {
    /** To everybody; waits for the session to reconnect. */
    public static final SignalOptions TO_ALL = new SignalOptions(null, true);
}
