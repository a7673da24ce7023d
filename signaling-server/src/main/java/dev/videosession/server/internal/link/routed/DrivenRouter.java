package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.link.LinkParts;
import dev.videosession.server.internal.link.LinkRegistry;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.state.Link;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The router of a routed session while this server has its lease, and for a moment after it has passed the lease on. Each stream has
 * a link from its publisher to the router, and each subscriber one from the router. Belongs to the session's loop.
 */
final class DrivenRouter implements RouterDriver {
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Longer than publishers keep the link to an earlier router. */
    private static final int LONGEST_POLLS = 44;

    private final LinkParticipants participants;
    private final LinkRegistry links;
    private final RouterLease lease;
    private final LinkTimer timer;
    private final RouterEnds ends;
    private final PublisherLinks publishers;

    DrivenRouter(LinkParts parts, LinkRouting routing, RouterEnds ends, PublisherLinks publishers) {
        this.participants = parts.participants();
        this.links = parts.open();
        this.lease = routing.lease();
        this.timer = routing.timer();
        this.ends = ends;
        this.publishers = publishers;
    }

    /** {@return a link as its ends see it: the router is one of them} */
    static Link actual(Link link) {
        return link.subscriber().equals(ROUTER) ? link : link.withPublisher(ROUTER);
    }

    @Override
    public boolean isDriving() {
        return lease.isHeld();
    }

    void streamChanged(StreamInfo stream) {
        boolean first = !ends.isKnown(stream.streamId());
        ends.streamChanged(stream);
        if (lease.isHeld()) {
            publishers.require(stream.streamId(), stream.connectionId());
            if (first) {
                links.ofStream(stream.streamId())
                        .forEach(this::openSubscriber); // subscribed before this server heard of the stream
            }
        } else if (participants.isHere(stream.connectionId())) {
            lease.require();
        }
    }

    private void openSubscriber(Link link) {
        if (link.publisher().equals(ROUTER)) {
            ends.openSubscriber(new ServerMessage.LinkOpened(
                    link.linkId(), link.streamId(), link.subscriber(), link.subscription()));
        }
    }

    @Override
    public void drive(List<Link> recorded, Collection<StreamInfo> streams) {
        if (ends.isRetired()) {
            ends.closeAll();
        }
        recorded.forEach(link -> links.open(actual(link)));
        for (Link link : links.ofConnection(ROUTER)) {
            if (link.publisher().equals(ROUTER)) {
                openSubscriber(link);
            } else if (!ends.isOpen(link.linkId())) {
                publishers.takeOver(link);
            }
        }
        streams.forEach(this::streamChanged);
    }

    @Override
    public void release() {
        stop();
        ends.closeAll();
        links.release(ROUTER);
    }

    /**
     * A subscriber closes its end here when it receives from the router of the other server; the link of a publisher is closed when all
     * of its subscribers have. Then everything is closed; after 11 s in any case.
     */
    @Override
    public void passOn() {
        stop();
        ends.retire();
        poll(LONGEST_POLLS);
        links.release(ROUTER);
    }

    private void stop() {
        lease.released();
        publishers.released();
    }

    private void poll(int polls) {
        timer.schedule(
                () -> {
                    if (!ends.isRetired()) {
                        return;
                    }
                    if (ends.dismissUnwatched() && polls > 1) {
                        poll(polls - 1);
                    } else {
                        ends.closeAll();
                    }
                },
                POLL_NANOS);
    }

    @Override
    public boolean isPassingOn() {
        return ends.isRetired();
    }
}
