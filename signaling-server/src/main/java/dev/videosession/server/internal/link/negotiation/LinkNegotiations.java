package dev.videosession.server.internal.link.negotiation;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.state.Link;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The negotiations of a session's links. Counts refused messages and logs the first one of each link. Belongs to the session's loop. */
public final class LinkNegotiations {
    private static final Logger LOG = LoggerFactory.getLogger(LinkNegotiations.class);

    private final SessionId session;
    private final ServerMetrics metrics;
    private final Map<LinkId, LinkNegotiation> negotiations = new HashMap<>();

    public LinkNegotiations(SessionId session, ServerMetrics metrics) {
        this.session = session;
        this.metrics = metrics;
    }

    /** {@return what to do with a message that an end of an open link sent} */
    public Relayed take(Link link, ConnectionId sender, LinkMessageKind kind, LinkMessage message) {
        LinkNegotiation negotiation = negotiations.computeIfAbsent(
                link.linkId(), id -> new LinkNegotiation(isRouter(link.publisher()), isRouter(link.subscriber())));
        Relayed result = negotiation.take(sender.equals(link.publisher()), message);
        String reason = result.reason();
        if (reason != null) {
            metrics.negotiationRefused(kind.label(), reason);
        }
        result.refusal(link.linkId()).ifPresent(refusal -> {
            if (negotiation.isFirstRefusal()) {
                LOG.info(
                        "event=negotiationRefused session={} connection={} link={} stream={} kind={} reason={} message=\"{}\"",
                        session,
                        sender,
                        link.linkId(),
                        link.streamId(),
                        kind.label(),
                        reason,
                        refusal.message());
            }
        });
        return result;
    }

    /** {@return the error for a client whose link or description the router refused; counted} */
    public LinkRefusal refusedByRouter(Link link, RouterRefusal refusal, String reason) {
        boolean publishing = isRouter(link.subscriber());
        LinkMessageKind kind = publishing ? LinkMessageKind.OFFER : LinkMessageKind.ANSWER;
        LinkRefusal told = switch (refusal) {
            case CAPACITY -> LinkRefusal.routerFull(link.linkId());
            case DESCRIPTION ->
                LinkRefusal.byRouter(
                        link.linkId(),
                        publishing ? ErrorCode.OFFER_REFUSED : ErrorCode.ANSWER_REFUSED,
                        kind.label(),
                        reason);
        };
        metrics.negotiationRefused(kind.label(), "router");
        metrics.refused(told.code());
        return told;
    }

    private static boolean isRouter(ConnectionId end) {
        return end.equals(ServerMessage.LinkOpened.ROUTER);
    }

    public void close(Link link) {
        negotiations.remove(link.linkId());
    }
}
