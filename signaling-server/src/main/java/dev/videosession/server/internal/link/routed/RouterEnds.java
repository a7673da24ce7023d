package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.router.RouterRoom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's ends of the links of one session: it answers the offers of publishers, offers to subscribers, and receives what the
 * other ends send. When the router loses the session, every stream is published and subscribed again; when another server's router
 * takes over, the ends are retired and rebuild nothing. Belongs to the session's loop.
 */
final class RouterEnds {
    private static final Logger LOG = LoggerFactory.getLogger(RouterEnds.class);

    /** More than a link makes while one server drives the router. */
    private static final int NEGOTIATIONS_PER_TERM = 1 << 16;

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionId session;
    private final LinkRouting routing;
    private final TimeSource time;
    private final RouterSignaling signaling;
    private final SessionRoom room;
    private final OpenEnds ends = new OpenEnds();
    private final Map<StreamId, RoutedStream> streams = new HashMap<>();
    private boolean ticking;
    private volatile boolean retired;

    RouterEnds(SessionId session, LinkRouting routing, TimeSource time, RouterSignaling signaling) {
        this.session = session;
        this.routing = routing;
        this.time = time;
        this.signaling = signaling;
        this.room = new SessionRoom(routing, this::enter, this::lost);
    }

    /** {@return whether the router of this server, which drives the session, receives a stream and sends it to all of its subscribers} */
    boolean isForwarded(StreamId streamId) {
        return !retired && ends.isForwarded(streamId);
    }

    /** {@return whether the router knows this stream} */
    boolean isKnown(StreamId streamId) {
        return streams.containsKey(streamId);
    }

    /** A stream began, or something of it changed. */
    void streamChanged(StreamInfo info) {
        RoutedStream stream =
                streams.computeIfAbsent(info.streamId(), id -> new RoutedStream(session, info, time, routing.timer()));
        stream.setInfo(info);
        ends.publishersOf(stream).forEach(PublisherEnd::applyMutes);
        ends.subscribersOf(stream).forEach(SubscriberEnd::select);
        updateNeeded();
    }

    private void updateNeeded() {
        ends.publishers().forEach(PublisherEnd::updateNeeded);
        if (!ticking && !ends.publishers().isEmpty()) {
            ticking = true;
            routing.timer().schedule(this::tick, TICK_NANOS);
        }
    }

    private void tick() {
        ticking = false;
        List.copyOf(ends.subscribers()).forEach(SubscriberEnd::tick);
        updateNeeded();
    }

    /** {@return whether the session's router takes no further link} */
    boolean isFull() {
        return room.isFull();
    }

    boolean take(LinkMessage.ReceptionReport report) {
        SubscriberEnd end = ends.subscriber(report.linkId());
        if (end != null) {
            end.reception(report);
            ends.publishersOf(end.stream()).forEach(PublisherEnd::updateNeeded); // each subscriber reports each second
        }
        return end != null;
    }

    /**
     * The path of a publisher to the router carries too little for its video, or enough again. Subscribers receive the change within
     * a second, not at once: a publisher that repeats such messages cannot make the server send each of them to all subscribers.
     */
    boolean take(LinkMessage.Fallback message) {
        PublisherEnd publisher = ends.publisher(message.linkId());
        if (publisher != null) {
            publisher.stream().setFallback(message.state());
        }
        return publisher != null;
    }

    void streamEnded(StreamId streamId) {
        streams.remove(streamId);
        if (retired) {
            ends.linksOf(streamId).forEach(this::close);
        }
    }

    /** A connection ended. Its media stops at once here, too, although the messages that close its links go to another server. */
    void connectionEnded(ConnectionId id) {
        if (retired) {
            ends.linksOf(id).forEach(this::close);
        }
    }

    /** A publisher is asked to offer by a new link. */
    void openPublisher(LinkId linkId, StreamId streamId) {
        RoutedStream stream = streams.get(streamId);
        if (stream == null) {
            return;
        }
        stream.setFallback(FallbackState.VIDEO); // a publisher judges each of its links anew
        PublisherEnd end = new PublisherEnd(signaling, stream, linkId);
        ends.add(linkId, end);
        enter(end::enter);
    }

    boolean openSubscriber(ServerMessage.LinkOpened opened) {
        LinkId linkId = opened.linkId();
        SubscriberEnd known = ends.subscriber(linkId);
        if (known != null) {
            update(linkId, opened.subscription());
            known.subscriberResumed(); // or messages to this server were lost
            return true;
        }
        RoutedStream stream = streams.get(opened.streamId());
        if (stream == null) {
            return false;
        }
        SubscriberEnd end = new SubscriberEnd(
                signaling, stream, linkId, opened.subscriber(), opened.subscription(), firstNegotiation());
        ends.add(linkId, end);
        enter(end::enter);
        updateNeeded();
        return true;
    }

    /** Offers of this server are newer than those of servers that drove the router before. */
    private int firstNegotiation() {
        return routing.lease().term() * NEGOTIATIONS_PER_TERM;
    }

    /** {@return whether the router's end of a publisher's link is open here} */
    boolean isOpen(LinkId linkId) {
        return ends.publisher(linkId) != null;
    }

    boolean update(LinkId linkId, Subscription wanted) {
        SubscriberEnd end = ends.subscriber(linkId);
        if (end != null) {
            end.want(wanted);
            updateNeeded();
        }
        return end != null;
    }

    void subscriberResumed(ConnectionId subscriber) {
        ends.subscribers().stream()
                .filter(end -> end.subscriber().equals(subscriber))
                .forEach(SubscriberEnd::subscriberResumed);
    }

    boolean restart(LinkId linkId) {
        SubscriberEnd end = ends.subscriber(linkId);
        if (end != null) {
            end.restart();
        }
        PublisherEnd publisher = ends.publisher(linkId);
        if (publisher != null) {
            publisher.repeatNeeded();
            updateNeeded();
        }
        return end != null || publisher != null;
    }

    boolean close(LinkId linkId) {
        boolean closed = ends.close(linkId);
        if (ends.isEmpty()) {
            room.leave();
        }
        return closed;
    }

    /** Closes all ends, and leaves the room. */
    void closeAll() {
        retired = false;
        ends.links().forEach(this::close);
        room.leave();
    }

    /** The router of another server takes over: these ends forward until they are closed, and are not rebuilt. */
    void retire() {
        retired = true;
        ends.publishers().forEach(PublisherEnd::retire);
        ends.subscribers().forEach(SubscriberEnd::retire);
    }

    /** {@return whether another router has taken over, and not all ends are closed} May be called on any thread. */
    boolean isRetired() {
        return retired;
    }

    /**
     * Closes the links of publishers whose subscribers have all closed their ends here.
     *
     * @return whether an end is still in use
     */
    boolean dismissUnwatched() {
        ends.unwatched().forEach((linkId, end) -> {
            if (end.dismiss()) {
                signaling.moved(linkId, end.stream().info().connectionId());
            }
        });
        return ends.isInUse();
    }

    boolean take(LinkMessage.Description message) {
        SessionDescription description = SessionDescription.parse(message.kind(), message.sdp())
                .filterCandidates(candidate -> false)
                .reject(MediaKind.APPLICATION);
        PublisherEnd publisher = ends.publisher(message.linkId());
        SubscriberEnd subscriber = ends.subscriber(message.linkId());
        if (message.kind() == DescriptionKind.OFFER && publisher != null) {
            publisher.offer(message.negotiation(), description);
            ends.subscribersOf(publisher.stream()).forEach(SubscriberEnd::select);
            updateNeeded();
        } else if (message.kind() == DescriptionKind.ANSWER && subscriber != null) {
            subscriber.answer(message.negotiation(), description);
        } else {
            return false;
        }
        return true;
    }

    private void enter(Consumer<RouterRoom> end) {
        RouterRoom placed = room.room();
        if (placed != null) {
            end.accept(placed);
        }
        room.require();
    }

    private void enter(RouterRoom opened) {
        List.copyOf(ends.publishers()).forEach(end -> end.enter(opened));
        List.copyOf(ends.subscribers()).forEach(end -> end.enter(opened));
    }

    private void lost() {
        if (retired) {
            closeAll();
            return;
        }
        LOG.info(
                "event=routerRoomLost session={} publishers={} subscribers={}",
                session,
                ends.publishers().size(),
                ends.subscribers().size());
        ends.publishers().forEach(PublisherEnd::forget);
        ends.subscribers().forEach(SubscriberEnd::forget);
        room.require();
        ends.publisherLinks().forEach(signaling::renew);
    }
}
