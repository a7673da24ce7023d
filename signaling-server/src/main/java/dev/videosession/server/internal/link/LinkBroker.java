package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.link.negotiation.LinkMessageKind;
import dev.videosession.server.internal.link.negotiation.LinkNegotiations;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.link.negotiation.Relayed;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.settings.ServerLimits;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The media links of one session: the one place that opens, updates, reopens and closes them, passes messages between their
 * ends and decides which end offers. An end that exceeds its budget loses the link, never its connection.
 *
 * <p>No method waits for an end of a link: every method returns at once, and what follows reaches the ends as messages.
 * Belongs to the session's loop.
 */
public final class LinkBroker {
    private static final Logger LOG = LoggerFactory.getLogger(LinkBroker.class);

    private final SessionId session;
    private final ServerMetrics metrics;
    private final LinkParticipants participants;
    private final LinkTable links = new LinkTable();
    private final SubscriptionLimits subscriptions;
    private final LinkCharges charges;
    private final LinkNegotiations negotiations;
    private final LinkEnds ends;
    private final RemoteLinkEnds remote;
    private final @Nullable RoutedLinks routed;
    private final @Nullable RouterCharges routerCharges;
    private final @Nullable PublisherLinks publisherLinks;
    private final RouterLease lease;

    /**
     * Creates the broker of a session without links.
     *
     * @param session its id, for log lines
     * @param limits of the server
     * @param metrics counts links
     * @param time the monotonic clock
     * @param participants the connections
     * @param routing the way through a media router, or null if the links go from client to client
     */
    public LinkBroker(
            SessionId session,
            ServerLimits limits,
            ServerMetrics metrics,
            TimeSource time,
            LinkParticipants participants,
            @Nullable LinkRouting routing) {
        this.session = session;
        this.metrics = metrics;
        this.lease = routing == null ? RouterLease.ALONE : routing.lease();
        this.routed = routing == null ? null : new RoutedLinks(session, participants, routing, time, new RouterEnd());
        this.routerCharges = routing == null ? null : new RouterCharges(routing.share(), participants);
        this.participants = routed == null ? participants : routed;
        this.subscriptions = new SubscriptionLimits(limits, time, links, routing != null);
        this.charges = new LinkCharges(limits, time, this.participants);
        this.negotiations = new LinkNegotiations(session, metrics);
        this.ends = new LinkEnds(this.participants, charges);
        this.remote =
                new RemoteLinkEnds(this.participants, links, charges, negotiations, ends, new RemoteLinkEnds.Broker() {
                    @Override
                    public void track(Link link) {
                        LinkBroker.this.track(link);
                    }

                    @Override
                    public void close(Link link) {
                        LinkBroker.this.close(link);
                    }

                    @Override
                    public Link actual(Link recorded) {
                        return LinkBroker.this.actual(recorded);
                    }

                    @Override
                    public void replaced(Link opened) {
                        if (publisherLinks != null) {
                            publisherLinks.replacedBy(opened);
                        }
                    }

                    @Override
                    public boolean isReplaced(Link link) {
                        return LinkBroker.this.isReplaced(link);
                    }
                });
        this.publisherLinks = routing == null
                ? null
                : new PublisherLinks(
                        links,
                        lease,
                        routing.newLinkId(),
                        routing.timer(),
                        this::isForwarded,
                        this::closeAtPublisher,
                        this::add);
    }

    /** {@return whether the links go through a media router} */
    public boolean isRouted() {
        return routed != null;
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
        return subscriptions.refusal(subscriber, streamId).or(() -> routerRefusal(subscriber));
    }

    /**
     * Decides whether a connection may have one more link to a media router, for a stream that it publishes.
     *
     * @param publisher the connection
     * @return why it is refused, or empty; always empty in a relayed session
     */
    public Optional<LinkRefusal> publishRefusal(ConnectionId publisher) {
        return routerRefusal(publisher);
    }

    private Optional<LinkRefusal> routerRefusal(ConnectionId client) {
        if (routed == null || routerCharges == null) {
            return Optional.empty();
        }
        return routed.isFull() || lease.isFullElsewhere()
                ? Optional.of(LinkRefusal.routerFull())
                : routerCharges.refusal(client);
    }

    /**
     * Opens a link and asks the end that offers to do so. In a routed session the router takes the place of the publisher.
     *
     * @param link with a new id
     */
    public void open(Link link) {
        Link opened = actual(link);
        track(opened);
        ends.openHere(opened);
    }

    /**
     * Returns a link as its ends see it.
     *
     * @param link a link whose publisher publishes its stream
     * @return the same, or in a routed session the link from the router
     */
    public Link actual(Link link) {
        boolean sentByRouter = routed != null && !link.subscriber().equals(ServerMessage.LinkOpened.ROUTER);
        return sentByRouter ? link.withPublisher(ServerMessage.LinkOpened.ROUTER) : link;
    }

    private void add(Link link) {
        track(link);
        ends.open(link);
    }

    private void track(Link link) {
        if (isOpen(link)) {
            return; // read from the log before the outcome of the append arrived
        }
        links.open(link);
        charges.open(link);
        if (routerCharges != null) {
            routerCharges.open(link, lease.isHeld());
        }
        metrics.links(1);
        subscriptionsChanged(link);
    }

    /**
     * Follows a stream that began, or of which something changed. In a routed session the first call opens the link between its
     * publisher and the router, if this server drives the router.
     *
     * @param stream as it is now
     */
    public void streamChanged(StreamInfo stream) {
        if (routed == null || publisherLinks == null) {
            return;
        }
        boolean first = !routed.isKnown(stream.streamId());
        routed.streamChanged(stream);
        if (lease.isHeld()) {
            publisherLinks.require(stream.streamId(), stream.connectionId());
            if (first) {
                links.ofStream(stream.streamId())
                        .forEach(this::openAtRouter); // subscribed before this server heard of the stream
            }
        } else if (participants.isHere(stream.connectionId())) {
            lease.require();
        }
    }

    private boolean isForwarded(StreamId streamId) {
        return routed != null && routed.isForwarded(streamId);
    }

    private void openAtRouter(Link link) {
        if (routed != null && link.publisher().equals(ServerMessage.LinkOpened.ROUTER)) {
            routed.openSubscriber(new ServerMessage.LinkOpened(
                    link.linkId(), link.streamId(), link.subscriber(), link.subscription()));
        }
    }

    private void closeAtPublisher(Link link) {
        close(link);
        ends.closeAt(link.publisher(), link);
        if (routed != null) {
            routed.close(link.linkId());
        }
    }

    /**
     * Begins to drive the router, or makes up for messages to it that were lost. Publishers get new links to it, subscribers an offer
     * under their old link.
     *
     * @param recorded the open links of the session
     * @param streams all streams of the session
     */
    public void driveRouter(List<Link> recorded, Collection<StreamInfo> streams) {
        if (routed == null || publisherLinks == null) {
            return;
        }
        if (routed.isReleasing()) {
            routed.release();
        }
        remote.adoptRouter(recorded);
        for (Link link : links.ofConnection(ServerMessage.LinkOpened.ROUTER)) {
            if (link.publisher().equals(ServerMessage.LinkOpened.ROUTER)) {
                openAtRouter(link);
            } else if (!routed.isOpen(link.linkId())) {
                publisherLinks.takeOver(link);
            }
        }
        streams.forEach(this::streamChanged);
    }

    /** {@return whether this server drives the router of the session, so that messages to the router come here} */
    public boolean drivesRouter() {
        return routed != null && lease.isHeld();
    }

    /** Another server drives the router from now on, or this one serves the session no longer. */
    public void releaseRouter() {
        if (routed != null && publisherLinks != null) {
            lease.released();
            publisherLinks.released();
            routed.release();
            remote.connectionReleased(ServerMessage.LinkOpened.ROUTER);
        }
    }

    /** Another server drives the router from now on. This one forwards until clients have moved to the other router, at most 10 s. */
    public void passRouterOn() {
        if (routed != null && publisherLinks != null) {
            lease.released();
            publisherLinks.released();
            routed.releaseLater();
            remote.connectionReleased(ServerMessage.LinkOpened.ROUTER);
        }
    }

    /** {@return whether this server still forwards what another one will} May be called on any thread. */
    public boolean isPassingRouterOn() {
        return routed != null && routed.isReleasing();
    }

    /**
     * Changes what the subscriber of a link receives.
     *
     * @param link an open link
     * @param subscription what it receives from now on
     */
    public void update(Link link, Subscription subscription) {
        links.change(link, subscription);
        ends.updateHere(link, subscription);
    }

    /**
     * Closes a link because its subscriber unsubscribed.
     *
     * @param link an open link
     */
    public void unsubscribe(Link link) {
        close(link);
        ends.closeHere(link.publisher(), link);
    }

    /**
     * Closes the links of a stream that ended.
     *
     * @param streamId the stream
     */
    public void streamEnded(StreamId streamId) {
        for (Link link : links.ofStream(streamId)) {
            close(link);
            ends.closeHere(link.subscriber(), link);
            ends.closeHere(link.publisher(), link);
        }
        if (routed != null && publisherLinks != null) {
            routed.streamEnded(streamId);
            publisherLinks.streamEnded(streamId);
        }
        if (routerCharges != null) {
            routerCharges.streamEnded(streamId);
        }
    }

    /**
     * Closes the links of a connection that ended.
     *
     * @param id the connection
     */
    public void connectionEnded(ConnectionId id) {
        remote.connectionEnded(id);
        if (routed != null) {
            routed.connectionEnded(id);
        }
        for (Link link : links.ofConnection(id)) {
            close(link);
            ends.closeHere(link.otherThan(id), link);
        }
    }

    /** {@return the links of which another server holds an end} */
    public RemoteLinkEnds remote() {
        return remote;
    }

    private void close(Link link) {
        if (!isOpen(link)) {
            return;
        }
        links.close(link);
        negotiations.close(link);
        charges.close(link);
        if (routerCharges != null) {
            routerCharges.close(link);
        }
        metrics.links(-1);
        subscriptionsChanged(link);
    }

    private void subscriptionsChanged(Link link) {
        participants.subscriptionsChanged(link.subscriber(), links.countOpenedBy(link.subscriber()) > 0);
    }

    /**
     * Repeats what messages to the last socket of a connection may have told it and may be lost: opens the links that it publishes by
     * once more, so that it may negotiate each of them again, and tells it whether the video that it receives gives way to audio.
     *
     * @param resumed a connection that resumed
     */
    public void reopen(ConnectionId resumed) {
        reopen(resumed, links.ofConnection(resumed));
        if (routed != null) {
            routed.repeatFallbacks(resumed);
        }
    }

    /**
     * Opens the links of one stream once more, see {@link #reopen(ConnectionId)}.
     *
     * @param publisher a connection
     * @param streamId its stream
     */
    public void reopen(ConnectionId publisher, StreamId streamId) {
        reopen(publisher, links.ofStream(streamId));
    }

    private void reopen(ConnectionId publisher, List<Link> candidates) {
        for (Link link : candidates) {
            if (link.publisher().equals(publisher) && !isReplaced(link)) {
                ends.reopen(link);
            }
        }
    }

    private boolean isReplaced(Link link) {
        return publisherLinks != null && publisherLinks.isReplaced(link.linkId());
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
        Link link = links.find(message.linkId(), from);
        if (link == null) {
            return charges.takeLate(from, message) ? Optional.empty() : Optional.of(LinkRefusal.noSuchLink());
        }
        LinkMessageKind kind = LinkMessageKind.of(message);
        if (!ends.maySend(link, from, kind)) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.INVALID_PARAMETER,
                    "The publisher of a link sends offers. The subscriber sends answers and restarts."));
        }
        if (!charges.take(link, from, message)) {
            overBudget.accept(link, from);
            return Optional.empty();
        }
        Relayed relayed = negotiations.take(link, from, kind, message);
        LinkMessage checked = relayed.message();
        if (checked != null) {
            ends.forward(link, from, kind, checked);
        }
        return relayed.refusal(link.linkId());
    }

    /** What the router's end asks for. The server trusts its router: it has no budget, but its descriptions are checked. */
    private final class RouterEnd implements RoutedLinks.Broker {
        private @Nullable Link find(LinkId linkId) {
            return !lease.isHeld() ? null : links.find(linkId, ServerMessage.LinkOpened.ROUTER);
        }

        @Override
        public void relay(LinkMessage message) {
            Link link = find(message.linkId());
            if (link != null) {
                LinkMessageKind kind = LinkMessageKind.of(message);
                LinkMessage checked = negotiations
                        .take(link, ServerMessage.LinkOpened.ROUTER, kind, message)
                        .message();
                if (checked != null) {
                    ends.forward(link, ServerMessage.LinkOpened.ROUTER, kind, checked);
                }
            }
        }

        @Override
        public void refuse(LinkId linkId, RouterRefusal refusal, String reason) {
            Link link = find(linkId);
            if (link != null) {
                participants.tell(
                        link.otherThan(ServerMessage.LinkOpened.ROUTER),
                        negotiations.refusedByRouter(link, refusal, reason).toReply(null));
            }
        }

        @Override
        public void connected(StreamId streamId) {
            if (routerCharges != null) {
                routerCharges.connected(streamId);
            }
        }

        @Override
        public void renew(LinkId linkId) {
            Link link = find(linkId);
            if (link != null && publisherLinks != null) {
                publisherLinks.renew(link);
            }
        }

        @Override
        public void need(LinkId linkId, List<Integer> encodings) {
            Link link = find(linkId);
            if (link != null) {
                Subscription needed = new Subscription(true, !encodings.isEmpty(), null, null);
                links.change(link, needed);
                ends.need(link, needed, encodings);
            }
        }

        /** This server may have forgotten the link, which the other one has replaced in the log. */
        @Override
        public void moved(LinkId linkId, ConnectionId publisher) {
            Link link = links.find(linkId, publisher);
            if (link != null) {
                close(link);
            }
            ServerMessage closed = new ServerMessage.LinkClosed(linkId);
            participants.tell(publisher, closed);
            participants.tell(ServerMessage.LinkOpened.ROUTER, closed); // the other server keeps it until then
        }
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
        close(link);
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
        return Optional.ofNullable(links.find(linkId, subscriber))
                .filter(link -> link.subscriber().equals(subscriber));
    }

    /**
     * Tells whether a link is open.
     *
     * @param link the link
     * @return false once it was closed
     */
    public boolean isOpen(Link link) {
        return links.find(link.linkId(), link.subscriber()) != null;
    }

    /**
     * Lists the links of a connection.
     *
     * @param end the connection, as publisher or subscriber
     * @return a copy of their ids
     */
    public List<LinkId> linksOf(ConnectionId end) {
        return links.ofConnection(end).stream().map(Link::linkId).toList();
    }
}
