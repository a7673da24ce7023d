package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.router.RouterShares;
import dev.videosession.server.internal.state.Link;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Charges the links of a routed session to the token of the client at their other end. Belongs to the session's loop. */
final class RouterCharges {
    private final RouterShares.Share share;
    private final LinkParticipants connections;
    private final Map<LinkId, String> charged = new HashMap<>();

    RouterCharges(RouterShares.Share share, LinkParticipants connections) {
        this.share = share;
        this.connections = connections;
    }

    /** {@return why a client may have no further link, or empty} */
    Optional<LinkRefusal> refusal(ConnectionId client) {
        String token = connections.token(client);
        return Optional.ofNullable(token == null ? null : share.refusal(token))
                .map(why -> new LinkRefusal(ErrorCode.STREAM_LIMIT_EXCEEDED, why));
    }

    void open(Link link) {
        String token = connections.token(
                link.publisher().equals(ServerMessage.LinkOpened.ROUTER) ? link.subscriber() : link.publisher());
        if (token != null) {
            charged.put(link.linkId(), token);
            share.opened(token);
        }
    }

    void close(Link link) {
        String token = charged.remove(link.linkId());
        if (token != null) {
            share.closed(token);
        }
    }
}
