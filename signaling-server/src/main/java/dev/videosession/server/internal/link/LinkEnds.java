package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.link.negotiation.LinkMessageKind;
import dev.videosession.server.internal.state.Link;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the two ends of a link do: the publisher's end offers, and each end receives what the other end sends. In a routed session
 * one of the ends is the router. Belongs to the session's loop.
 */
public final class LinkEnds {
    private static final Logger LOG = LoggerFactory.getLogger(LinkEnds.class);

    private final LinkParticipants participants;
    private final LinkCharges charges;

    LinkEnds(LinkParticipants participants, LinkCharges charges) {
        this.participants = participants;
        this.charges = charges;
    }

    /** Passes a message of one end, already checked and charged, to the other end. */
    void forward(Link link, ConnectionId sender, LinkMessageKind kind, LinkMessage message) {
        ConnectionId recipient = link.otherThan(sender);
        if (kind.isAnswered()) {
            charges.grantAnswer(link, recipient);
        }
        if (message instanceof LinkMessage.Candidates batch
                && !participants.understands(recipient, Feature.CANDIDATE_BATCHES)) {
            batch.split().forEach(each -> participants.tell(recipient, each));
        } else if (kind.isForRouter() && !recipient.equals(ServerMessage.LinkOpened.ROUTER)) {
            LOG.trace("event=linkMessageIgnored link={} kind={}", link.linkId(), kind.label());
        } else if (kind.isKnownTo(feature -> participants.understands(recipient, feature))) {
            participants.tell(recipient, message);
        }
    }

    /**
     * Asks the publisher to offer.
     *
     * @param link an open link
     */
    public void open(Link link) {
        participants.tell(link.publisher(), opened(link));
    }

    private static ServerMessage.LinkOpened opened(Link link) {
        return new ServerMessage.LinkOpened(link.linkId(), link.streamId(), link.subscriber(), link.subscription());
    }

    /** Asks a publisher that lost its socket to offer again. */
    void reopen(Link link) {
        charges.grantAnswer(link, link.publisher());
        open(link);
    }

    /** Asks the publisher to offer, if this server holds it. The log sends the same to another server. */
    void openHere(Link link) {
        participants.tellHere(link.publisher(), opened(link));
    }

    /** Tells the publisher, if this server holds it. The log sends the same to another server. */
    void updateHere(Link link, Subscription subscription) {
        participants.tellHere(link.publisher(), new ServerMessage.LinkUpdated(link.linkId(), subscription));
    }

    /**
     * Tells a publisher which encodings of its video the router needs.
     *
     * @param link from the publisher to the router
     * @param subscription what the router receives from now on
     * @param encodings numbers of the needed encodings
     */
    public void need(Link link, Subscription subscription, List<Integer> encodings) {
        participants.tell(link.publisher(), new ServerMessage.LinkUpdated(link.linkId(), subscription, encodings));
    }

    /**
     * Tells one end that the other end closed the link.
     *
     * @param end that end
     * @param link the link
     */
    public void closeAt(ConnectionId end, Link link) {
        participants.tell(end, new ServerMessage.LinkClosed(link.linkId()));
    }

    /** Tells one end, if this server holds it: the server of the other end does the same. */
    void closeHere(ConnectionId end, Link link) {
        participants.tellHere(end, new ServerMessage.LinkClosed(link.linkId()));
    }

    /** Tells those ends that this server holds that the server closed the link. The log sends the same to another server. */
    void closeAtBothEnds(Link link, LinkCloseReason reason) {
        ServerMessage closed = new ServerMessage.LinkClosed(link.linkId(), reason);
        participants.tellHere(link.publisher(), closed);
        participants.tellHere(link.subscriber(), closed);
    }
}
