package dev.videosession.session;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client has left the session, however that came about; comes exactly once for each established connection. The
 * session is already {@link SessionState#DISCONNECTED} and knows of no connections and streams any more: no separate
 * events tell of them.
 *
 * <p>Default action: every {@link Publisher} dispatches its own cancelable {@link StreamDestroyedEvent} and is destroyed,
 * every {@link Subscriber} is destroyed. If prevented they belong to the application: the publisher goes on capturing and
 * may be published again, the subscriber keeps its last picture.
 */
public final class SessionDisconnectEvent extends CancelableEvent implements SessionEvent {
    private final Session target;
    private final DisconnectReason reason;
    private final DisconnectDetail detail;
    private final @Nullable String message;

    SessionDisconnectEvent(Session target, DisconnectReason reason, DisconnectDetail detail, @Nullable String message) {
        this.target = target;
        this.reason = reason;
        this.detail = detail;
        this.message = message;
    }

    @Override
    public String type() {
        return "sessionDisconnected";
    }

    /**
     * Returns the session that was left.
     *
     * @return the session
     */
    public Session target() {
        return target;
    }

    /**
     * Returns why, in OpenTok's words.
     *
     * @return the reason, the same that the others are told
     */
    public DisconnectReason reason() {
        return reason;
    }

    /**
     * Returns the cause behind the reason.
     *
     * @return the cause
     */
    public DisconnectDetail detail() {
        return detail;
    }

    /**
     * Returns what the moderator or the server had to say.
     *
     * @return the message, or empty if there was none
     */
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    @Override
    public String toString() {
        return "SessionDisconnectEvent[" + reason.wireName() + ", " + detail.wireName() + ", message=" + message
                + (isDefaultPrevented() ? ", prevented]" : "]");
    }
}
