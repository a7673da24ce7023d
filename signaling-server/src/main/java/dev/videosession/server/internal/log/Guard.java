package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;

/**
 * A condition of an append: the connection's record names this owner. A server whose connections were taken over, for
 * example because its process was suspended, can append nothing for them any more.
 *
 * @param connectionId the connection that acts, or that is ended
 * @param epoch of the server that must own it, or {@link #NO_OWNER}
 */
public record Guard(ConnectionId connectionId, long epoch) {
    /** In place of an epoch: the connection must have no record. */
    public static final long NO_OWNER = 0;
}
