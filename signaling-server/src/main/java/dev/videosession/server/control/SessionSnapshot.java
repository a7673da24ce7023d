package dev.videosession.server.control;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Roster;
import java.util.Set;

/**
 * A session at one moment.
 *
 * @param openedAt when the first client entered, milliseconds since the epoch
 * @param roster the connections and streams
 * @param lost connections without a socket, which may resume
 */
public record SessionSnapshot(long openedAt, Roster roster, Set<ConnectionId> lost) {
    public SessionSnapshot {
        lost = Set.copyOf(lost);
    }
}
