package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.router.RouterShares;
import dev.videosession.server.internal.state.Link;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Charges the links of a routed session to the token of the client at their other end. A subscription is charged when the router
 * receives its stream: a publisher that announces streams and sends none must not use up what its subscribers may have. Belongs to
 * the session's loop.
 */
final class RouterCharges {
    private final RouterShares.Share share;
    private final LinkParticipants connections;
    private final Map<LinkId, String> charged = new HashMap<>();
    private final Map<StreamId, Map<LinkId, Link>> waiting = new HashMap<>();
    private final Set<StreamId> connected = new HashSet<>();

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

    /**
     * Charges a link that opens.
     *
     * @param link the link
     * @param knowsStreams whether this server drives the router, and so learns when it receives a stream
     */
    void open(Link link, boolean knowsStreams) {
        boolean subscription = link.publisher().equals(ServerMessage.LinkOpened.ROUTER);
        if (subscription && knowsStreams && !connected.contains(link.streamId())) {
            waiting.computeIfAbsent(link.streamId(), id -> new LinkedHashMap<>())
                    .put(link.linkId(), link);
        } else {
            charge(link, subscription ? link.subscriber() : link.publisher());
        }
    }

    private void charge(Link link, ConnectionId client) {
        String token = connections.token(client);
        if (token != null && charged.putIfAbsent(link.linkId(), token) == null) {
            share.opened(token);
        }
    }

    /** The router receives a stream. */
    void connected(StreamId streamId) {
        connected.add(streamId);
        Map<LinkId, Link> links = waiting.remove(streamId);
        if (links != null) {
            links.values().forEach(link -> charge(link, link.subscriber()));
        }
    }

    /** A stream is over; its links are closed. */
    void streamEnded(StreamId streamId) {
        connected.remove(streamId);
    }

    void close(Link link) {
        waiting.computeIfPresent(link.streamId(), (id, links) -> {
            links.remove(link.linkId());
            return links.isEmpty() ? null : links;
        });
        String token = charged.remove(link.linkId());
        if (token != null) {
            share.closed(token);
        }
    }
}
