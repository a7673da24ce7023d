package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Roster;
import java.util.Set;

/**
 * A session at one moment.
 *
 * @param openedAt when the server took it into memory, milliseconds since the epoch
 * @param roster who and what is in it
 * @param lost connections without a socket, which may come back
 */
public record SessionSnapshot(long openedAt, Roster roster, Set<ConnectionId> lost) {
    public SessionSnapshot {
        lost = Set.copyOf(lost);
    }
}
