package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.link.LinkEnds;
import dev.videosession.server.internal.link.LinkParts;
import dev.videosession.server.internal.link.LinkRegistry;
import dev.videosession.server.internal.state.Link;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links from the publishers of a routed session to its router: one for each stream. Only the server that drives the router
 * opens and replaces them. Belongs to the session's loop.
 */
final class PublisherLinks {
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** If the server of the earlier router is dead: subscribers have a first frame when the new one has forwarded for 3 s. */
    private static final int SETTLED_POLLS = 12;

    /** After 10 s the link to the earlier router is closed even if a subscriber is not connected to the new one. */
    private static final int LONGEST_OVERLAP_POLLS = 40;

    private final LinkRegistry links;
    private final LinkEnds ends;
    private final RouterEnds router;
    private final LinkRouting routing;
    private final RouterLease lease;
    private final Set<StreamId> opening = new HashSet<>();
    private final Set<LinkId> replaced = new HashSet<>();

    PublisherLinks(LinkParts parts, RouterEnds router, LinkRouting routing) {
        this.links = parts.open();
        this.ends = parts.ends();
        this.router = router;
        this.routing = routing;
        this.lease = routing.lease();
    }

    /** Opens the link of a stream unless it has one. */
    void require(StreamId streamId, ConnectionId publisher) {
        if (links.ofStream(streamId).stream()
                .noneMatch(link -> link.subscriber().equals(ROUTER))) {
            open(null, streamId, publisher, false);
        }
    }

    /** Closes a link and opens another one in its place. */
    void renew(Link link) {
        open(link, link.streamId(), link.publisher(), false);
    }

    /**
     * Opens another link in place of one to the router of another server, which may still forward. That link is closed when the new
     * one is in use.
     */
    void takeOver(Link link) {
        if (!replaced.contains(link.linkId())) {
            open(link, link.streamId(), link.publisher(), true);
        }
    }

    private void open(@Nullable Link previous, StreamId streamId, ConnectionId publisher, boolean overlapping) {
        if (!lease.isHeld() || !opening.add(streamId)) {
            return;
        }
        Link opened = new Link(routing.newLinkId().get(), streamId, publisher, ROUTER, Subscription.EVERYTHING);
        lease.record(previous, opened, () -> {
            opening.remove(streamId);
            if (previous != null && overlapping) {
                closeLater(previous);
            } else if (previous != null) {
                close(previous);
            }
            links.open(opened);
            router.openPublisher(opened.linkId(), streamId);
            ends.open(opened);
        });
    }

    private void close(Link link) {
        links.close(link);
        ends.closeAt(link.publisher(), link);
        router.close(link.linkId());
    }

    /**
     * The earlier router forwards until the new one does, to all subscribers. Its server, if it is alive, closes the link before, when
     * all subscribers have closed their ends there.
     */
    private void closeLater(Link link) {
        if (replaced.add(link.linkId())) {
            poll(link, LONGEST_OVERLAP_POLLS, SETTLED_POLLS);
        }
    }

    private void poll(Link link, int polls, int unsettled) {
        routing.timer()
                .schedule(
                        () -> {
                            int missing = router.isForwarded(link.streamId()) ? unsettled - 1 : SETTLED_POLLS;
                            if (links.find(link.linkId(), link.publisher()) == null) {
                                replaced.remove(link.linkId());
                            } else if (polls > 1 && missing > 0) {
                                poll(link, polls - 1, missing);
                            } else {
                                replaced.remove(link.linkId());
                                close(link);
                            }
                        },
                        POLL_NANOS);
    }

    /** {@return whether another link has taken the place of this one, which is closed soon} */
    boolean isReplaced(LinkId linkId) {
        return replaced.contains(linkId);
    }

    /** Closes the link of a stream in whose place another server has opened one. */
    void replacedBy(Link opened) {
        for (Link link : links.ofStream(opened.streamId())) {
            if (link.subscriber().equals(ROUTER) && !link.linkId().equals(opened.linkId())) {
                closeLater(link);
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
