package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.link.LinkContext;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.link.LinkParts;
import dev.videosession.server.internal.link.LinkRegistry;
import dev.videosession.server.internal.link.LinkTopology;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.state.Link;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links go through a media router, which is one more participant of the session. Belongs to the session's loop. */
public final class RoutedTopology implements LinkTopology {
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;

    private final RouterLease lease;
    private final RouterCharges charges;
    private final RouterEnds ends;
    private final LinkParts parts;
    private final PublisherLinks publishers;
    private final DrivenRouter router;

    /**
     * Returns the topology of sessions whose links go through a media router.
     *
     * @param routing what these links need
     * @return creates it
     */
    public static Factory through(LinkRouting routing) {
        return (context, connections) -> new RoutedTopology(context, connections, routing);
    }

    private RoutedTopology(LinkContext context, LinkParticipants connections, LinkRouting routing) {
        this.lease = routing.lease();
        this.charges = new RouterCharges(routing.share(), connections);
        this.ends = new RouterEnds(context.session(), routing, context.time(), new Signaling());
        this.parts = LinkParts.create(context, new RoutedParticipants(connections, lease, ends), new ChargedLinks());
        this.publishers = new PublisherLinks(parts, ends, routing);
        this.router = new DrivenRouter(parts, routing, ends, publishers);
    }

    @Override
    public LinkParts parts() {
        return parts;
    }

    @Override
    public RouterDriver router() {
        return router;
    }

    @Override
    public boolean isRouted() {
        return true;
    }

    @Override
    public Optional<LinkRefusal> refusal(ConnectionId client) {
        return ends.isFull() || lease.isFullElsewhere()
                ? Optional.of(LinkRefusal.routerFull())
                : charges.refusal(client);
    }

    @Override
    public Link actual(Link link) {
        return DrivenRouter.actual(link);
    }

    @Override
    public void streamChanged(StreamInfo stream) {
        router.streamChanged(stream);
    }

    @Override
    public void streamEnded(StreamId streamId) {
        ends.streamEnded(streamId);
        publishers.streamEnded(streamId);
        charges.streamEnded(streamId);
    }

    @Override
    public void connectionEnded(ConnectionId id) {
        ends.connectionEnded(id);
    }

    @Override
    public void connectionResumed(ConnectionId id) {
        if (lease.isHeld()) {
            ends.subscriberResumed(id);
            return;
        }
        for (Link link : parts.open().ofConnection(id)) {
            if (link.publisher().equals(ROUTER)) {
                parts.ends().open(link);
            }
        }
    }

    @Override
    public void replaced(Link opened) {
        publishers.replacedBy(opened);
    }

    @Override
    public boolean isReplaced(Link link) {
        return publishers.isReplaced(link.linkId());
    }

    /** Charges links to tokens while they are open. */
    private final class ChargedLinks implements LinkRegistry.Listener {
        @Override
        public void opened(Link link) {
            charges.open(link, lease.isHeld());
        }

        @Override
        public void closed(Link link) {
            charges.close(link);
        }
    }

    /** Sends what the router's ends say, while this server drives the router. The server trusts its router, but checks its descriptions. */
    private final class Signaling implements RouterSignaling {
        private @Nullable Link find(LinkId linkId) {
            return lease.isHeld() ? parts.open().find(linkId, ROUTER) : null;
        }

        @Override
        public void relay(LinkMessage message) {
            Link link = find(message.linkId());
            if (link != null) {
                var unused = parts.relay().pass(link, ROUTER, message); // a refusal is counted and logged there
            }
        }

        @Override
        public void refuse(LinkId linkId, RouterRefusal refusal, String reason) {
            Link link = find(linkId);
            if (link != null) {
                parts.relay().refuse(link, refusal, reason);
            }
        }

        @Override
        public void connected(StreamId streamId) {
            charges.connected(streamId);
        }

        @Override
        public void renew(LinkId linkId) {
            Link link = find(linkId);
            if (link != null) {
                publishers.renew(link);
            }
        }

        @Override
        public void need(LinkId linkId, List<Integer> encodings) {
            Link link = find(linkId);
            if (link != null) {
                Subscription needed = new Subscription(true, !encodings.isEmpty(), null, null);
                parts.open().change(link, needed);
                parts.ends().need(link, needed, encodings);
            }
        }

        /** This server may have forgotten the link, which the other one has replaced in the log. */
        @Override
        public void moved(LinkId linkId, ConnectionId publisher) {
            Link link = parts.open().find(linkId, publisher);
            if (link != null) {
                parts.open().close(link);
            }
            ServerMessage closed = new ServerMessage.LinkClosed(linkId);
            parts.participants().tell(publisher, closed);
            parts.participants().tell(ROUTER, closed); // the other server keeps it until then
        }
    }
}
