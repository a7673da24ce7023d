package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.state.Link;
import java.util.Optional;

/** Links go from client to client: each stream has a link from its publisher to each of its subscribers. Keeps no state of its own. */
final class RelayedTopology implements LinkTopology {
    private final LinkParts parts;

    RelayedTopology(LinkContext context, LinkParticipants connections) {
        this.parts = LinkParts.create(context, connections, LinkRegistry.Listener.NONE);
    }

    @Override
    public LinkParts parts() {
        return parts;
    }

    @Override
    public RouterDriver router() {
        return RouterDriver.NONE;
    }

    @Override
    public boolean isRouted() {
        return false;
    }

    @Override
    public Optional<LinkRefusal> refusal(ConnectionId client) {
        return Optional.empty();
    }

    @Override
    public Link actual(Link link) {
        return link;
    }

    @Override
    public void streamChanged(StreamInfo stream) {}

    @Override
    public void streamEnded(StreamId streamId) {}

    @Override
    public void connectionEnded(ConnectionId id) {}

    @Override
    public void connectionResumed(ConnectionId id) {}

    @Override
    public void replaced(Link opened) {}

    @Override
    public boolean isReplaced(Link link) {
        return false;
    }
}
