package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.server.internal.metrics.ServerMetrics;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the ends of a session's links send each other. Belongs to the session's loop. */
final class LinkRelay {
    private static final Logger LOG = LoggerFactory.getLogger(LinkRelay.class);

    private final ServerMetrics metrics;
    private final Map<LinkId, LinkNegotiation> negotiations = new HashMap<>();

    /**
     * Makes a relay without links.
     *
     * @param metrics counts what is refused
     */
    LinkRelay(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Decides about one message, counts a refusal, and logs the first one of each link.
     *
     * @param link an open link
     * @param sender the end that sent the message
     * @param message the message
     * @return what to do with it
     */
    Relayed take(LinkTable.Link link, ConnectionId sender, LinkMessage message) {
        LinkNegotiation negotiation = negotiations.computeIfAbsent(link.linkId(), id -> new LinkNegotiation());
        Relayed result = negotiation.take(sender.equals(link.publisher()), message);
        if (result instanceof Relayed.Refused refused) {
            metrics.negotiationRefused(kind(message), refused.reason());
            if (negotiation.isFirstRefusal()) {
                LOG.info(
                        "event=negotiationRefused link={} stream={} sender={} kind={} reason={} message=\"{}\"",
                        link.linkId(),
                        link.streamId(),
                        sender,
                        kind(message),
                        refused.reason(),
                        refused.message());
            }
        } else if (result instanceof Relayed.Dropped dropped && dropped.overLimit()) {
            metrics.negotiationRefused(kind(message), "limit");
        }
        return result;
    }

    private static String kind(LinkMessage message) {
        if (message instanceof LinkMessage.Description description) {
            return description.kind().wireName();
        }
        return message instanceof LinkMessage.Restart ? "restart" : "candidate";
    }

    /**
     * Forgets a link.
     *
     * @param link the link that was closed
     */
    void close(LinkTable.Link link) {
        negotiations.remove(link.linkId());
    }
}
