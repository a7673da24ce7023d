package dev.videosession.session;

import org.jspecify.annotations.Nullable;

/**
 * How a connection is removed, for instance {@code ForceDisconnectOptions.DEFAULT.withMessage("Please come back later")}.
 *
 * @param message shown to the removed user, at most 1000 characters; or null
 * @param ban whether the token of the removed connection is refused for the rest of the session
 */
public record ForceDisconnectOptions(@Nullable String message, boolean ban) {
    /** No message, no ban. */
    public static final ForceDisconnectOptions DEFAULT = new ForceDisconnectOptions(null, false);

    /**
     * Changes the message.
     *
     * @param newMessage shown to the removed user, at most 1000 characters; or null
     * @return changed options
     */
    public ForceDisconnectOptions withMessage(@Nullable String newMessage) {
        return new ForceDisconnectOptions(newMessage, ban);
    }

    /**
     * Changes whether the token is banned.
     *
     * @param newBan whether the token of the removed connection is refused for the rest of the session
     * @return changed options
     */
    public ForceDisconnectOptions withBan(boolean newBan) {
        return new ForceDisconnectOptions(message, newBan);
    }
}
