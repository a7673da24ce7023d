package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The links of a session of which another server holds an end. Each server follows the negotiation of such a link: the sender's
 * server charges and checks a message, the recipient's server checks it again. Belongs to the session's loop.
 */
public final class RemoteLinkEnds {
    private final LinkParticipants participants;
    private final LinkRegistry links;
    private final LinkEnds ends;
    private final LinkRelay relay;
    private final LinkTopology topology;
    private final LinkReadings readings;
    /** Connections that were taken over: their client may know links that this server does not. */
    private final Set<ConnectionId> unconfirmed = new HashSet<>(0);

    RemoteLinkEnds(LinkParts parts, LinkTopology topology) {
        this.participants = parts.participants();
        this.links = parts.open();
        this.ends = parts.ends();
        this.relay = parts.relay();
        this.readings = parts.readings();
        this.topology = topology;
    }

    /**
     * The links of a connection while they are read from the log. Messages that arrive meanwhile may be newer than what was read: the
     * links that they are about are left alone.
     */
    public final class Reading implements AutoCloseable {
        private final ConnectionId id;
        private final LinkReadings.Reading reading = readings.begin();
        private final List<Link> unwritten = new ArrayList<>(0);
        private final List<Link> unclosed = new ArrayList<>(0);
        private boolean uncertain;

        private Reading(ConnectionId id) {
            this.id = id;
        }

        /**
         * The connection was taken over, and its client has no socket yet: its subscriptions are those in the log. Their negotiations begin
         * again.
         *
         * @param logged the open links of the session
         */
        public void takeOver(Collection<Link> logged) {
            unconfirmed.add(id);
            reconcile(logged, true, false, true);
        }

        /**
         * The connection was taken over while other servers may have changed its links. Its subscriptions are those in the log.
         *
         * @param logged the open links of the session
         */
        public void confirm(Collection<Link> logged) {
            unconfirmed.remove(id);
            reconcile(logged, true, true, true);
        }

        /**
         * Messages about the links of the connection may have been lost, or the log may have lost links.
         *
         * @param logged the open links of the session
         * @param drops whether to close links that the log or this server lacks: at first, they may be about to be written, or to arrive
         */
        public void renew(Collection<Link> logged, boolean drops) {
            if (unconfirmed.contains(id)) {
                confirm(logged);
            } else {
                reconcile(logged, false, true, drops);
            }
        }

        /** {@return subscriptions of clients of this server that the log lacks: clients use them, so they must be written again} */
        public List<Link> unwritten() {
            return unwritten;
        }

        /** {@return links of the log that the client of this server has closed, so that this must be written again} */
        public List<Link> unclosed() {
            return unclosed;
        }

        /** {@return whether there are links that the log or this server lacks and that were not closed} */
        public boolean isUncertain() {
            return uncertain;
        }

        private void reconcile(Collection<Link> logged, boolean followsLog, boolean told, boolean drops) {
            Map<LinkId, Link> open = new LinkedHashMap<>();
            for (Link each : logged) {
                Link link = topology.actual(each);
                if (link.publisher().equals(id) || link.subscriber().equals(id)) {
                    open.put(link.linkId(), link);
                }
            }
            for (Link known : links.ofConnection(id)) {
                Link link = open.remove(known.linkId());
                if (reading.isOutdated(known.linkId()) || topology.isReplaced(known)) {
                    continue;
                }
                boolean decidedHere = participants.isHere(known.subscriber())
                        && !(followsLog && known.subscriber().equals(id));
                if (decidedHere) {
                    if (link == null || !link.subscription().equals(known.subscription())) {
                        unwritten.add(known);
                    }
                } else if (link != null) {
                    follow(known, link.subscription(), told);
                    if (followsLog && told) {
                        offerAgain(known);
                    }
                } else if (!isRouter(known.otherThan(id))) {
                    if (drops) {
                        drop(known, told);
                    } else {
                        uncertain = true;
                    }
                }
            }
            for (Link link : open.values()) {
                if (reading.isOutdated(link.linkId())) {
                    continue;
                }
                if (!followsLog && isDecidedHere(link)) {
                    closeAgain(link, drops);
                    continue;
                }
                if (isRouter(link.subscriber())) {
                    topology.replaced(link);
                }
                links.open(link);
                if (told && (link.publisher().equals(id) || isRouter(link.publisher()))) {
                    ends.reopen(link);
                }
            }
        }

        /** A client of this server has closed the link, unless it has just opened it. */
        private void closeAgain(Link link, boolean drops) {
            if (!link.subscriber().equals(id)) {
                return; // the reading of the subscriber does it
            }
            if (drops) {
                unclosed.add(link);
            } else {
                uncertain = true;
            }
        }

        private boolean isDecidedHere(Link link) {
            ConnectionId subscriber = link.subscriber();
            return !isRouter(subscriber) && participants.isHere(subscriber) && !unconfirmed.contains(subscriber);
        }

        /** This server has not followed the negotiation of a link that was taken over: its publisher begins a new one. */
        private void offerAgain(Link takenOver) {
            if (takenOver.subscriber().equals(id) && !isRouter(takenOver.publisher())) {
                ends.reopen(takenOver);
            }
        }

        private void follow(Link known, Subscription subscription, boolean told) {
            if (!known.subscription().equals(subscription)) {
                links.change(known, subscription);
                if (told || !known.publisher().equals(id)) {
                    ends.updateHere(known, subscription);
                }
            }
        }

        private void drop(Link known, boolean told) {
            links.close(known);
            ends.closeHere(known.otherThan(id), known);
            if (told) {
                ends.closeHere(id, known);
            }
        }

        /** Ends the reading. */
        @Override
        public void close() {
            reading.close();
        }
    }

    /**
     * Begins to read the links of a connection from the log.
     *
     * @param id a connection that this server holds, or takes over
     * @return to be used once, and closed
     */
    public Reading read(ConnectionId id) {
        return new Reading(id);
    }

    private static boolean isRouter(ConnectionId id) {
        return id.equals(ServerMessage.LinkOpened.ROUTER);
    }

    /**
     * Forgets the links of a connection that another server has taken over, unless this server holds their other end.
     *
     * @param id the connection
     */
    public void connectionReleased(ConnectionId id) {
        unconfirmed.remove(id);
        links.release(id);
    }

    /** A connection has ended. */
    void connectionEnded(ConnectionId id) {
        unconfirmed.remove(id);
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
            if (isRouter(link.subscriber())) {
                topology.replaced(link);
            }
            readings.changed(link.linkId());
            links.open(link);
            links.change(link, link.subscription()); // a known link: the log had lost its last change
            links.charges().grantAnswer(link, to);
            return pass(message);
        }

        @Override
        public Void onLinkUpdated(ServerMessage.LinkUpdated message) {
            readings.changed(message.linkId());
            Link link = links.find(message.linkId(), to);
            if (link != null) {
                links.change(link, message.subscription());
            }
            return pass(message);
        }

        @Override
        public Void onLinkClosed(ServerMessage.LinkClosed message) {
            readings.changed(message.linkId());
            Link link = links.find(message.linkId(), to);
            if (link != null) {
                links.close(link);
            }
            return pass(message);
        }

        @Override
        public Void onLinkMessage(LinkMessage message) {
            Link link = links.find(message.linkId(), to);
            if (link != null) {
                var unused = relay.pass(link, link.otherThan(to), message); // the sender's server has refused it
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
