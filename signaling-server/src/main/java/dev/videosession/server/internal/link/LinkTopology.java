package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.state.Link;
import java.util.Optional;

/**
 * The path of a session's media: from client to client, or through a media router. {@link LinkBroker} reports to it what happens
 * in the session. Belongs to the session's loop.
 */
public interface LinkTopology {
    /** Links go from client to client. */
    Factory RELAYED = RelayedTopology::new;

    /** Creates the topology of one session. */
    @FunctionalInterface
    interface Factory {
        /**
         * Creates the topology of a session without links.
         *
         * @param context of the session
         * @param connections of the session
         * @return the topology
         */
        LinkTopology create(LinkContext context, LinkParticipants connections);
    }

    /** {@return the parts of the session's links} */
    LinkParts parts();

    /** {@return the session's media router as this server drives it; does nothing if links go from client to client} */
    RouterDriver router();

    /** {@return whether the links go through a media router} */
    boolean isRouted();

    /**
     * Decides whether a connection may have one more link.
     *
     * @param client the connection
     * @return why the path of the media does not allow it, or empty
     */
    Optional<LinkRefusal> refusal(ConnectionId client);

    /**
     * Returns a link as its ends see it.
     *
     * @param link a link whose publisher publishes its stream
     * @return the same, or the link from the router
     */
    Link actual(Link link);

    /**
     * Follows a stream that began, or of which something changed.
     *
     * @param stream as it is now
     */
    void streamChanged(StreamInfo stream);

    /**
     * Forgets a stream that ended. Its links are closed.
     *
     * @param streamId the stream
     */
    void streamEnded(StreamId streamId);

    /**
     * Called when a connection has ended, before its links are closed.
     *
     * @param id the connection
     */
    void connectionEnded(ConnectionId id);

    /**
     * Sends messages again that may have been lost with the last socket of a connection.
     *
     * @param id a connection that resumed
     */
    void connectionResumed(ConnectionId id);

    /**
     * Called before a link is opened that another server has opened in place of an earlier one.
     *
     * @param opened the new link
     */
    void replaced(Link opened);

    /**
     * Tells whether another link has taken the place of an open one.
     *
     * @param link the link
     * @return true if the log lacks it, and its ends may use it for a moment
     */
    boolean isReplaced(Link link);
}
