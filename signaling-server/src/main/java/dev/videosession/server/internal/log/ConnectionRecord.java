package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;

/**
 * What the log keeps of a connection besides its events. Removed with the connection's end.
 *
 * @param connectionId the connection
 * @param epoch of the server that owns it
 * @param lastResume id of the newest resume request that succeeded, 0 before the first
 */
public record ConnectionRecord(ConnectionId connectionId, long epoch, long lastResume) {}
