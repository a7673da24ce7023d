package dev.videosession.session;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client has left the session, for whatever reason; dispatched exactly once for each established connection. The session
 * is already {@link SessionState#DISCONNECTED} and has no connections and streams any more; no separate events report their
 * end.
 *
 * <p>Default action: every {@link Publisher} dispatches its own cancelable {@link StreamDestroyedEvent} and is destroyed,
 * every {@link Subscriber} is destroyed. If prevented they belong to the application: the publisher continues to capture and
 * may be published again, the subscriber keeps its last frame.
 */
public final class SessionDisconnectEvent extends CancelableEvent implements SessionEvent {
    private final DisconnectReason reason;
    private final DisconnectDetail detail;
    private final @Nullable String message;

    /**
     * Creates an event.
     *
     * @param reason why the client left
     * @param detail the cause behind the reason
     * @param message what the moderator or the server said, or null
     */
    public SessionDisconnectEvent(DisconnectReason reason, DisconnectDetail detail, @Nullable String message) {
        this.reason = reason;
        this.detail = detail;
        this.message = message;
    }

    @Override
    public String type() {
        return "sessionDisconnected";
    }

    /** {@return why the client left, in OpenTok's words; other clients receive the same reason} */
    public DisconnectReason reason() {
        return reason;
    }

    /** {@return the cause behind the reason} */
    public DisconnectDetail detail() {
        return detail;
    }

    /** {@return what the moderator or the server said, or empty} */
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    @Override
    public String toString() {
        return "SessionDisconnectEvent[" + reason.wireName() + ", " + detail.wireName() + ", message=" + message
                + (isDefaultPrevented() ? ", prevented]" : "]");
    }

    @Override
    public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
        return visitor.onSessionDisconnected(this, parameter);
    }
}
