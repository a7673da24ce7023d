package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.link.negotiation.LinkMessageKind;
import dev.videosession.server.internal.link.negotiation.LinkNegotiations;
import dev.videosession.server.internal.state.Link;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The links of a session of which another server holds an end. Each server follows the negotiation of such a link: the sender's
 * server charges and checks a message, the recipient's server checks it again. Belongs to the session's loop.
 */
public final class RemoteLinkEnds {
    private final LinkParticipants participants;
    private final LinkTable links;
    private final LinkCharges charges;
    private final LinkNegotiations negotiations;
    private final LinkEnds ends;
    private final Broker broker;

    /** Opens and closes links. */
    interface Broker {
        /** Keeps a link without a message to its ends. */
        void track(Link link);

        /** Forgets a link without a message to its ends. */
        void close(Link link);

        /** {@return the link as it is, whose record names the connection that publishes its stream} */
        Link actual(Link recorded);

        /** Another server has opened a link to the router: it takes the place of the earlier one. */
        void replaced(Link opened);
    }

    RemoteLinkEnds(
            LinkParticipants participants,
            LinkTable links,
            LinkCharges charges,
            LinkNegotiations negotiations,
            LinkEnds ends,
            Broker broker) {
        this.participants = participants;
        this.links = links;
        this.charges = charges;
        this.negotiations = negotiations;
        this.ends = ends;
        this.broker = broker;
    }

    /**
     * Takes the links of a connection over that another server opened. Their negotiations begin again. Links that are known stay as
     * they are.
     *
     * @param end a connection that this server holds from now on
     * @param recorded open links of the session, those of other connections included
     */
    public void adopt(ConnectionId end, List<Link> recorded) {
        for (Link each : recorded) {
            Link link = broker.actual(each);
            if (link.publisher().equals(end) || link.subscriber().equals(end)) {
                adopt(link);
            }
        }
    }

    private void adopt(Link link) {
        if (links.find(link.linkId(), link.subscriber()) == null) {
            broker.track(link);
        }
    }

    /**
     * Makes the links of a connection those that the log has, because messages about them may have been lost.
     *
     * @param id a connection of this server
     * @param logged the open links of the session
     */
    public void renew(ConnectionId id, Collection<Link> logged) {
        Map<LinkId, Link> open = new HashMap<>();
        for (Link each : logged) {
            Link link = broker.actual(each);
            if (link.publisher().equals(id) || link.subscriber().equals(id)) {
                open.put(link.linkId(), link);
            }
        }
        for (Link known : links.ofConnection(id)) {
            Link link = open.remove(known.linkId());
            ConnectionId other = known.otherThan(id);
            if (link != null) {
                links.change(known, link.subscription());
            } else if (!participants.isHere(other) && !other.equals(ServerMessage.LinkOpened.ROUTER)) {
                broker.close(known);
                ends.closeHere(id, known);
            }
        }
        open.values().forEach(broker::track);
    }

    /**
     * Forgets the links of a connection that another server has taken over, unless this server holds their other end.
     *
     * @param id the connection
     */
    public void connectionReleased(ConnectionId id) {
        for (Link link : links.ofConnection(id)) {
            if (!participants.isHere(link.otherThan(id))) {
                broker.close(link);
            }
        }
    }

    /**
     * Asks the publishers of the streams that a connection receives to offer again.
     *
     * @param subscriber a connection that was taken over from another server
     */
    public void reopenSubscriptions(ConnectionId subscriber) {
        for (Link link : links.ofConnection(subscriber)) {
            if (link.subscriber().equals(subscriber)) {
                ends.reopen(link);
            }
        }
    }

    /**
     * Passes a message to one end of a link whose other end another server holds.
     *
     * @param to a connection of this server
     * @param message from the other end, or about the link
     */
    public void arrived(ConnectionId to, ServerMessage message) {
        message.accept(new Arrival(to));
    }

    /** Follows a message about a link before its recipient gets it. */
    private final class Arrival implements ServerMessage.Visitor<Void> {
        private final ConnectionId to;

        Arrival(ConnectionId to) {
            this.to = to;
        }

        private Void pass(ServerMessage message) {
            participants.tellHere(to, message);
            return null;
        }

        @Override
        public Void onLinkOpened(ServerMessage.LinkOpened message) {
            Link link =
                    new Link(message.linkId(), message.streamId(), to, message.subscriber(), message.subscription());
            if (link.subscriber().equals(ServerMessage.LinkOpened.ROUTER)) {
                broker.replaced(link);
            }
            adopt(link);
            charges.grantAnswer(link, to);
            return pass(message);
        }

        @Override
        public Void onLinkUpdated(ServerMessage.LinkUpdated message) {
            Link link = links.find(message.linkId(), to);
            if (link != null) {
                links.change(link, message.subscription());
            }
            return pass(message);
        }

        @Override
        public Void onLinkClosed(ServerMessage.LinkClosed message) {
            Link link = links.find(message.linkId(), to);
            if (link != null) {
                broker.close(link);
            }
            return pass(message);
        }

        @Override
        public Void onLinkMessage(LinkMessage message) {
            Link link = links.find(message.linkId(), to);
            if (link != null) {
                ConnectionId sender = link.otherThan(to);
                LinkMessageKind kind = LinkMessageKind.of(message);
                LinkMessage checked =
                        negotiations.take(link, sender, kind, message).message();
                if (checked != null) {
                    ends.forward(link, sender, kind, checked);
                }
            }
            return null;
        }

        @Override
        public Void onReply(ServerMessage.Reply message) {
            return pass(message);
        }

        @Override
        public Void onEvent(SequencedEvent message) {
            return pass(message);
        }

        @Override
        public Void onDirectSignal(ServerMessage.DirectSignal message) {
            return pass(message);
        }

        @Override
        public Void onNodesChanged(ServerMessage.NodesChanged message) {
            return pass(message);
        }

        @Override
        public Void onIceServersRenewed(ServerMessage.IceServersRenewed message) {
            return pass(message);
        }

        @Override
        public Void onDraining(ServerMessage.Draining message) {
            return pass(message);
        }

        @Override
        public Void onDisconnected(ServerMessage.Disconnected message) {
            return pass(message);
        }

        @Override
        public Void onHeartbeat(Heartbeat message) {
            return pass(message);
        }
    }
}
