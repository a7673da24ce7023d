package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.state.Link;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media links of one session: the one place that opens, updates, reopens and closes them on behalf of the session. Which end
 * offers, and what else a link needs, is the matter of its {@link LinkTopology}. An end that exceeds its budget loses the link, never
 * its connection.
 *
 * <p>No method waits for an end of a link: every method returns at once, and what follows reaches the ends as messages.
 * Belongs to the session's loop.
 */
public final class LinkBroker {
    private static final Logger LOG = LoggerFactory.getLogger(LinkBroker.class);

    private final SessionId session;
    private final ServerMetrics metrics;
    private final LinkTopology topology;
    private final LinkRegistry open;
    private final LinkEnds ends;
    private final LinkRelay relay;
    private final SubscriptionLimits subscriptions;
    private final RemoteLinkEnds remote;

    /**
     * Creates the broker of a session without links.
     *
     * @param context of the session
     * @param connections of the session
     * @param topologies makes the path of the session's media
     */
    public LinkBroker(LinkContext context, LinkParticipants connections, LinkTopology.Factory topologies) {
        this.session = context.session();
        this.metrics = context.metrics();
        this.topology = topologies.create(context, connections);
        LinkParts parts = topology.parts();
        this.open = parts.open();
        this.ends = parts.ends();
        this.relay = parts.relay();
        this.subscriptions =
                new SubscriptionLimits(context.limits(), context.time(), open.table(), topology.isRouted());
        this.remote = new RemoteLinkEnds(parts, topology);
    }

    /** {@return whether the links go through a media router} */
    public boolean isRouted() {
        return topology.isRouted();
    }

    /** {@return the session's media router as this server drives it; does nothing if links go from client to client} */
    public RouterDriver router() {
        return topology.router();
    }

    /**
     * Decides whether a connection may subscribe to a stream that the session's rules permit it to see, and charges it for
     * the attempt.
     *
     * @param subscriber the connection
     * @param streamId a stream of the session
     * @return why it is refused, or empty
     */
    public Optional<LinkRefusal> refusal(ConnectionId subscriber, StreamId streamId) {
        return subscriptions.refusal(subscriber, streamId).or(() -> topology.refusal(subscriber));
    }

    /**
     * Decides whether a connection may have one more link to a media router, for a stream that it publishes.
     *
     * @param publisher the connection
     * @return why it is refused, or empty; always empty in a relayed session
     */
    public Optional<LinkRefusal> publishRefusal(ConnectionId publisher) {
        return topology.refusal(publisher);
    }

    /**
     * Opens a link and asks the end that offers to do so. In a routed session the router takes the place of the publisher.
     *
     * @param link with a new id
     */
    public void open(Link link) {
        Link opened = actual(link);
        open.open(opened);
        ends.openHere(opened);
    }

    /**
     * Returns a link as its ends see it.
     *
     * @param link a link whose publisher publishes its stream
     * @return the same, or in a routed session the link from the router
     */
    public Link actual(Link link) {
        return topology.actual(link);
    }

    /**
     * Follows a stream that began, or of which something changed. In a routed session the first call opens the link between its
     * publisher and the router, if this server drives the router.
     *
     * @param stream as it is now
     */
    public void streamChanged(StreamInfo stream) {
        topology.streamChanged(stream);
    }

    /**
     * Changes what the subscriber of a link receives.
     *
     * @param link an open link
     * @param subscription what it receives from now on
     */
    public void update(Link link, Subscription subscription) {
        open.change(link, subscription);
        ends.updateHere(link, subscription);
    }

    /**
     * Closes a link because its subscriber unsubscribed.
     *
     * @param link an open link
     */
    public void unsubscribe(Link link) {
        open.close(link);
        ends.closeHere(link.publisher(), link);
    }

    /**
     * Closes the links of a stream that ended.
     *
     * @param streamId the stream
     */
    public void streamEnded(StreamId streamId) {
        for (Link link : open.ofStream(streamId)) {
            open.close(link);
            ends.closeHere(link.subscriber(), link);
            ends.closeHere(link.publisher(), link);
        }
        topology.streamEnded(streamId);
    }

    /**
     * Closes the links of a connection that ended.
     *
     * @param id the connection
     */
    public void connectionEnded(ConnectionId id) {
        remote.connectionEnded(id);
        topology.connectionEnded(id);
        for (Link link : open.ofConnection(id)) {
            open.close(link);
            ends.closeHere(link.otherThan(id), link);
        }
    }

    /** {@return the links of which another server holds an end} */
    public RemoteLinkEnds remote() {
        return remote;
    }

    /**
     * Sends messages again that may have been lost with the last socket of a connection: opens the links of its own streams once more, so
     * that the client can negotiate each of them again, and reports whether the video that it receives gives way to audio.
     *
     * @param resumed a connection that resumed
     */
    public void reopen(ConnectionId resumed) {
        reopen(resumed, open.ofConnection(resumed));
        topology.connectionResumed(resumed);
    }

    /**
     * Opens the links of one stream once more, see {@link #reopen(ConnectionId)}.
     *
     * @param publisher a connection
     * @param streamId its stream
     */
    public void reopen(ConnectionId publisher, StreamId streamId) {
        reopen(publisher, open.ofStream(streamId));
    }

    private void reopen(ConnectionId publisher, List<Link> candidates) {
        for (Link link : candidates) {
            if (link.publisher().equals(publisher) && !topology.isReplaced(link)) {
                ends.reopen(link);
            }
        }
    }

    /**
     * Passes on a message that an end of a link sent, if it is well-formed and fits what the link negotiated before.
     *
     * @param from the connection that sent it
     * @param message the message
     * @param overBudget gets the link and the sender if the message exceeds the sender's budget; the link must be closed, see
     *     {@link #closeOverBudget}
     * @return why the sender is refused, or empty
     */
    public Optional<LinkRefusal> relay(
            ConnectionId from, LinkMessage message, BiConsumer<Link, ConnectionId> overBudget) {
        return relay.relay(from, message, overBudget);
    }

    /**
     * Closes a link because one of its ends sent too much.
     *
     * @param link an open link
     * @param sender that end
     */
    public void closeOverBudget(Link link, ConnectionId sender) {
        LOG.info(
                "event=linkOverBudget session={} connection={} link={} stream={}",
                session,
                sender,
                link.linkId(),
                link.streamId());
        metrics.linkOverBudget();
        open.close(link);
        ends.closeAtBothEnds(link, LinkCloseReason.RATE_LIMIT);
    }

    /**
     * Finds a subscription of a connection.
     *
     * @param linkId id of its link
     * @param subscriber the connection
     * @return the link, or empty if the connection receives nothing by it; see {@link LinkRefusal#noSuchSubscription()}
     */
    public Optional<Link> subscription(LinkId linkId, ConnectionId subscriber) {
        return Optional.ofNullable(open.find(linkId, subscriber))
                .filter(link -> link.subscriber().equals(subscriber));
    }

    /**
     * Tells whether a link is open.
     *
     * @param link the link
     * @return false once it was closed
     */
    public boolean isOpen(Link link) {
        return open.isOpen(link);
    }

    /**
     * Lists the links of a connection.
     *
     * @param end the connection, as publisher or subscriber
     * @return a copy of their ids
     */
    public List<LinkId> linksOf(ConnectionId end) {
        return open.ofConnection(end).stream().map(Link::linkId).toList();
    }
}
