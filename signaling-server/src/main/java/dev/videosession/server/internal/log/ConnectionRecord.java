package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * What the log keeps of a connection besides its events. Removed with the connection's end.
 *
 * @param connectionId the connection
 * @param epoch of the server that owns it
 * @param lastResume id of the newest resume request that succeeded, 0 before the first
 * @param client what another server must know to take the connection over; null if there is no other server
 */
public record ConnectionRecord(
        ConnectionId connectionId,
        long epoch,
        long lastResume,
        @Nullable ClientRecord client) {
    /**
     * Creates the record of a connection that no other server can take over.
     *
     * @param connectionId the connection
     * @param epoch of the server that owns it
     * @param lastResume id of the newest resume request that succeeded, 0 before the first
     */
    public ConnectionRecord(ConnectionId connectionId, long epoch, long lastResume) {
        this(connectionId, epoch, lastResume, null);
    }
}
