package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.Link;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The links from the publishers of a routed session to its router: one for each stream. Only the server that drives the router
 * opens and replaces them. Belongs to the session's loop.
 */
final class PublisherLinks {
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;

    private final LinkTable links;
    private final RouterLease lease;
    private final Supplier<LinkId> newLinkId;
    private final Consumer<Link> close;
    private final Consumer<Link> add;
    private final Set<StreamId> opening = new HashSet<>();

    PublisherLinks(
            LinkTable links, RouterLease lease, Supplier<LinkId> newLinkId, Consumer<Link> close, Consumer<Link> add) {
        this.links = links;
        this.lease = lease;
        this.newLinkId = newLinkId;
        this.close = close;
        this.add = add;
    }

    /** Opens the link of a stream unless it has one. */
    void require(StreamId streamId, ConnectionId publisher) {
        if (links.ofStream(streamId).stream()
                .noneMatch(link -> link.subscriber().equals(ROUTER))) {
            open(null, streamId, publisher);
        }
    }

    /** Closes a link and opens another one in its place. */
    void renew(Link link) {
        open(link, link.streamId(), link.publisher());
    }

    private void open(@Nullable Link replaced, StreamId streamId, ConnectionId publisher) {
        if (!lease.isHeld() || !opening.add(streamId)) {
            return;
        }
        Link opened = new Link(newLinkId.get(), streamId, publisher, ROUTER, Subscription.EVERYTHING);
        lease.record(replaced, opened, () -> {
            opening.remove(streamId);
            if (replaced != null) {
                close.accept(replaced);
            }
            add.accept(opened);
        });
    }

    /** Closes what takes the place of the link of a stream that another server has opened. */
    void replacedBy(Link opened) {
        for (Link link : links.ofStream(opened.streamId())) {
            if (link.subscriber().equals(ROUTER) && !link.linkId().equals(opened.linkId())) {
                close.accept(link);
            }
        }
    }

    /** The stream ended. */
    void streamEnded(StreamId streamId) {
        opening.remove(streamId);
    }

    /** Another server drives the router: what was to be opened is its matter. */
    void released() {
        opening.clear();
    }
}
