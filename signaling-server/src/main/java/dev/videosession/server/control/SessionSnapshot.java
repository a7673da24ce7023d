package dev.videosession.server.control;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Roster;
import java.util.Set;

/**
 * A session at one moment.
 *
 * @param openedAt when a client entered while there was no other one, milliseconds since the epoch; the same at every node
 * @param roster the connections and streams
 * @param lost connections without a socket, which may resume
 */
public record SessionSnapshot(long openedAt, Roster roster, Set<ConnectionId> lost) {
    public SessionSnapshot {
        lost = Set.copyOf(lost);
    }
}
