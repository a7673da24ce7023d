package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.limit.LinkAllowance;
import org.jspecify.annotations.Nullable;

/** The connections of a session, as its {@link LinkBroker} needs them. Called on the session's loop. */
public interface LinkParticipants {
    /**
     * Sends to one connection, now or when its client has resumed.
     *
     * @param to the connection; ignored if it has ended
     * @param message the message
     */
    void tell(ConnectionId to, ServerMessage message);

    /**
     * Sends to one connection if this server holds it.
     *
     * @param to the connection; ignored if another server has it, or it has ended
     * @param message the message
     */
    default void tellHere(ConnectionId to, ServerMessage message) {
        tell(to, message);
    }

    /**
     * Returns what a connection of this server may send for its links.
     *
     * @param id the connection
     * @return its allowance, or null if the connection has ended or another server has it
     */
    @Nullable
    LinkAllowance allowance(ConnectionId id);

    /**
     * Tells whether this server holds a participant.
     *
     * @param id the connection
     * @return false if another server has it, or it has ended
     */
    default boolean isHere(ConnectionId id) {
        return allowance(id) != null;
    }

    /**
     * Returns the token of a connection.
     *
     * @param id the connection
     * @return the token's fingerprint, or null if the connection has ended
     */
    @Nullable
    String token(ConnectionId id);

    /**
     * Tells whether a client announced a feature.
     *
     * @param id its connection
     * @param feature the feature
     * @return true if it did
     */
    boolean understands(ConnectionId id, Feature feature);

    /**
     * Called after a connection opened or closed a link as its subscriber.
     *
     * @param subscriber the connection
     * @param subscribing whether it has a subscription now
     */
    void subscriptionsChanged(ConnectionId subscriber, boolean subscribing);
}
