package dev.videosession.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import java.time.Instant;

/**
 * One client in a session. Two connections are equal if they have the same id.
 *
 * @param id the id; a client that connects again gets another one
 * @param creationTime when it connected, by the server's clock
 * @param data what the backend wrote into its token, for instance a user's name; empty if there is none; see
 *     {@link DisplayText} before you show it
 * @param role the role that its token gave it
 */
public record Connection(ConnectionId id, Instant creationTime, String data, Role role) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Connection connection && connection.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Connection[" + id + ", " + role.wireName() + "]";
    }
}
