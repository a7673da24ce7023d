package dev.videosession.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ConnectionInfo;
import dev.videosession.protocol.Role;
import java.time.Instant;

/** One client in a session. Two are equal if they have the same id. */
public final class Connection {
    private final ConnectionInfo info;

    Connection(ConnectionInfo info) {
        this.info = info;
    }

    /**
     * Returns the id; a client that connects again gets another one.
     *
     * @return the id
     */
    public ConnectionId id() {
        return info.connectionId();
    }

    /**
     * Returns when it connected.
     *
     * @return a moment on the server's clock
     */
    public Instant creationTime() {
        return Instant.ofEpochMilli(info.creationTime());
    }

    /**
     * Returns what the backend wrote into its token, for instance a user's name; see {@link DisplayText} before you show it.
     *
     * @return the data, empty if there is none
     */
    public String data() {
        return info.data();
    }

    /**
     * Returns its role.
     *
     * @return the role
     */
    public Role role() {
        return info.role();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Connection connection && connection.id().equals(id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return "Connection[" + id() + ", " + role().wireName() + "]";
    }
}
