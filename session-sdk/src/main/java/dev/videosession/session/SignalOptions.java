package dev.videosession.session;

import dev.videosession.protocol.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * The recipient of a signal, and what to do while the session is reconnecting.
 *
 * @param to the recipient, or null for every connection in the session, the sender included
 * @param retryAfterReconnect whether a signal is kept while the session is reconnecting and sent afterwards; if not, it fails
 */
public record SignalOptions(@Nullable ConnectionId to, boolean retryAfterReconnect) {
    /** To every connection; kept while the session is reconnecting. */
    public static final SignalOptions TO_ALL = new SignalOptions(null, true);

    /**
     * Creates options for one recipient.
     *
     * @param recipient the recipient
     * @return options; the signal is kept while the session is reconnecting
     */
    public static SignalOptions to(Connection recipient) {
        return to(recipient.id());
    }

    /**
     * Creates options for one recipient.
     *
     * @param recipient the id of the recipient
     * @return options; the signal is kept while the session is reconnecting
     */
    public static SignalOptions to(ConnectionId recipient) {
        return new SignalOptions(recipient, true);
    }

    /**
     * Changes what to do while the session is reconnecting.
     *
     * @param retry whether the signal is kept and sent afterwards; if not, it fails
     * @return changed options
     */
    public SignalOptions withRetryAfterReconnect(boolean retry) {
        return new SignalOptions(to, retry);
    }
}
