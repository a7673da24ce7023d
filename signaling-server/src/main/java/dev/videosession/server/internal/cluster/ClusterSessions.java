package dev.videosession.server.internal.cluster;

import dev.videosession.protocol.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the cluster asks of the sessions and sockets of this node. Thread-safe; no method blocks. */
public interface ClusterSessions {
    /**
     * Closes the sockets of all clients with a code that permits resuming, and drops all copies of sessions, because the lease
     * under which this node served them is lost. The node has a new epoch already, under which it cannot write yet.
     */
    void abandonAll();

    /**
     * Marks the connections that a dead node owns as lost, in each session of which this node has a copy.
     *
     * @param epoch of the dead node
     */
    void ownerDied(long epoch);

    /**
     * Loads a session and marks the connections that a dead node owns in it as lost.
     *
     * @param session the session
     * @param epoch of the dead node
     */
    void ownerDied(SessionId session, long epoch);

    /** {@return whether the media routers of this node take no further link; false if there are none} */
    boolean isRouterFull();

    /**
     * Tells all clients which nodes there are.
     *
     * @param nodes their addresses
     */
    void announce(List<String> nodes);

    /**
     * Closes the sockets of all clients, at a pace, with a code that permits resuming.
     *
     * @param nodes where they should resume, or null if they reach nodes through a balancer
     */
    void sendAway(@Nullable List<String> nodes);
}
