package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.link.negotiation.LinkMessageKind;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.link.negotiation.Relayed;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.state.Link;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Passes messages from one end of a link to the other end, if they are well-formed and fit what the link negotiated before. A client
 * is charged for what it sends. Belongs to the session's loop.
 */
public final class LinkRelay {
    private final LinkParticipants participants;
    private final LinkRegistry open;
    private final LinkEnds ends;

    LinkRelay(LinkParticipants participants, LinkRegistry open, LinkEnds ends) {
        this.participants = participants;
        this.open = open;
        this.ends = ends;
    }

    /**
     * Passes on a message of a client.
     *
     * @param from its connection
     * @param message the message
     * @param overBudget gets the link and the sender if the message exceeds the sender's budget
     * @return why the sender is refused, or empty
     */
    Optional<LinkRefusal> relay(ConnectionId from, LinkMessage message, BiConsumer<Link, ConnectionId> overBudget) {
        Link link = open.find(message.linkId(), from);
        if (link == null) {
            return open.charges().takeLate(from, message) ? Optional.empty() : Optional.of(LinkRefusal.noSuchLink());
        }
        if (!LinkMessageKind.of(message).maySend(from.equals(link.publisher()))) {
            return Optional.of(new LinkRefusal(
                    ErrorCode.INVALID_PARAMETER,
                    "The publisher of a link sends offers. The subscriber sends answers and restarts."));
        }
        if (!open.charges().take(link, from, message)) {
            overBudget.accept(link, from);
            return Optional.empty();
        }
        return pass(link, from, message);
    }

    /**
     * Passes on a message that was charged elsewhere, or that the router sent, which has no budget.
     *
     * @param link an open link
     * @param sender one of its ends
     * @param message the message
     * @return why the sender is refused, or empty
     */
    public Optional<LinkRefusal> pass(Link link, ConnectionId sender, LinkMessage message) {
        LinkMessageKind kind = LinkMessageKind.of(message);
        Relayed relayed = open.negotiations().take(link, sender, kind, message);
        LinkMessage checked = relayed.message();
        if (checked != null) {
            ends.forward(link, sender, kind, checked);
        }
        return relayed.refusal(link.linkId());
    }

    /**
     * Sends the client at the other end of a link to the router an error, because the router refuses the link or its description.
     *
     * @param link an open link
     * @param refusal what the router refuses
     * @param reason for people
     */
    public void refuse(Link link, RouterRefusal refusal, String reason) {
        LinkRefusal refused = open.negotiations().refusedByRouter(link, refusal, reason);
        participants.tell(link.otherThan(ServerMessage.LinkOpened.ROUTER), refused.toReply(null));
    }
}
