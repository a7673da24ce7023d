package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.link.LinkParts;
import dev.videosession.server.internal.link.LinkReadings;
import dev.videosession.server.internal.link.LinkRegistry;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.state.Link;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final LinkReadings readings;
    private final LinkRegistry links;
    private final RouterLease lease;
    private final LinkTimer timer;
    private final RouterEnds ends;
    private final PublisherLinks publishers;
    /** Whether this server has read the links of the session since it has the lease. */
    private boolean informed;

    DrivenRouter(LinkParts parts, LinkRouting routing, RouterEnds ends, PublisherLinks publishers) {
        this.participants = parts.participants();
        this.readings = parts.readings();
        this.links = parts.open();
        this.lease = routing.lease();
        this.timer = routing.timer();
        this.ends = ends;
        this.publishers = publishers;
        this.informed = !lease.isShared();
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
        if (!lease.isHeld()) {
            if (participants.isHere(stream.connectionId())) {
                lease.require();
            }
        } else if (informed) { // until then, the stream may have links that are being read
            publishers.require(stream.streamId(), stream.connectionId());
            if (first) {
                links.ofStream(stream.streamId())
                        .forEach(this::openSubscriber); // subscribed before this server heard of the stream
            }
        }
    }

    private void openSubscriber(Link link) {
        if (link.publisher().equals(ROUTER)) {
            ends.openSubscriber(new ServerMessage.LinkOpened(
                    link.linkId(), link.streamId(), link.subscriber(), link.subscription()));
        }
    }

    @Override
    public Reading read() {
        return new RecordedLinks();
    }

    /** The links of the session in the log. Those of subscribers of this server are known here. */
    private final class RecordedLinks implements Reading {
        private final LinkReadings.Reading reading = readings.begin();

        @Override
        public boolean drive(List<Link> recorded, Collection<StreamInfo> streams, boolean drops) {
            if (ends.isRetired()) {
                ends.closeAll();
            }
            informed = true;
            Set<LinkId> known = new HashSet<>();
            for (Link each : recorded) {
                known.add(each.linkId());
                if (!reading.isOutdated(each.linkId())) {
                    follow(actual(each));
                }
            }
            boolean uncertain = false;
            for (Link link : links.ofConnection(ROUTER)) {
                if (link.subscriber().equals(ROUTER)) {
                    takeOver(link);
                } else if (known.contains(link.linkId()) || isDecidedHere(link)) {
                    openSubscriber(link);
                } else if (drops) {
                    links.close(link);
                    ends.close(link.linkId());
                } else {
                    uncertain = true;
                }
            }
            streams.forEach(DrivenRouter.this::streamChanged);
            return uncertain;
        }

        private void follow(Link link) {
            if (link.subscriber().equals(ROUTER) && !links.isOpen(link)) {
                publishers.replacedBy(link);
            }
            links.open(link);
            if (link.publisher().equals(ROUTER) && !isDecidedHere(link)) {
                links.change(link, link.subscription());
            }
        }

        private boolean isDecidedHere(Link link) {
            return reading.isOutdated(link.linkId()) || participants.isHere(link.subscriber());
        }

        private void takeOver(Link link) {
            if (!ends.isOpen(link.linkId())) {
                publishers.takeOver(link);
            }
        }

        @Override
        public void close() {
            reading.close();
        }
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
        informed = false;
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
