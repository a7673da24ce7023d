package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.RouterRoom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The participants of a routed session: its connections, and the router as one more. The router answers the offers of
 * publishers, offers to subscribers, and receives what the other ends of its links send. When the router loses the session,
 * every stream is published and subscribed again. Belongs to the session's loop.
 */
final class RoutedLinks implements LinkParticipants {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedLinks.class);

    /** A publisher may offer this many encodings to a router. */
    private static final int MAX_ENCODINGS = 3;

    /** More than a link makes while one server drives the router. */
    private static final int NEGOTIATIONS_PER_TERM = 1 << 16;

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long RELEASE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Longer than publishers keep the link to an earlier router. */
    private static final int LONGEST_RELEASE_POLLS = 44;

    private final SessionId session;
    private final LinkParticipants connections;
    private final LinkRouting routing;
    private final RouterLease lease;
    private final TimeSource time;
    private final Broker broker;
    private final RouterInbox inbox = new RouterInbox(this);
    private final Map<LinkId, PublisherEnd> publishers = new LinkedHashMap<>();
    private final Map<LinkId, SubscriberEnd> subscribers = new LinkedHashMap<>();
    private final Map<StreamId, RoutedStream> streams = new HashMap<>();
    private boolean ticking;
    private volatile boolean releasing;
    private RouterPool.@Nullable Place place;
    private @Nullable RouterRoom room;

    /** What the router's ends ask of the broker. */
    interface Broker {
        /** Passes a message of the router to the other end of its link. */
        void relay(LinkMessage message);

        /** Tells the other end of a link that the router refuses it, or its description. */
        void refuse(LinkId linkId, RouterRefusal refusal, String reason);

        /** The router receives a stream from its publisher. */
        void connected(StreamId streamId);

        /** Closes the link of a publisher and opens another one. */
        void renew(LinkId linkId);

        /** Tells a publisher which encodings of its video are needed. */
        void need(LinkId linkId, List<Integer> encodings);

        /** Closes the link of a publisher to this router, because its subscribers receive from the router of another server. */
        void moved(LinkId linkId, ConnectionId publisher);
    }

    RoutedLinks(SessionId session, LinkParticipants connections, LinkRouting routing, TimeSource time, Broker broker) {
        this.session = session;
        this.connections = connections;
        this.routing = routing;
        this.lease = routing.lease();
        this.time = time;
        this.broker = broker;
    }

    private static boolean isRouter(ConnectionId id) {
        return id.equals(ServerMessage.LinkOpened.ROUTER);
    }

    @Override
    public void tell(ConnectionId to, ServerMessage message) {
        if (isRouter(to)) {
            tellRouter(message);
        } else if (message instanceof ServerMessage.LinkOpened opened && isRouter(opened.subscriber())) {
            openPublisher(opened.linkId(), opened.streamId());
            connections.tell(to, opened.withEncodings(MAX_ENCODINGS));
        } else {
            connections.tell(to, message);
        }
    }

    /** A message that the router misses because no server drives it is replaced by the records that the next one reads. */
    private void tellRouter(ServerMessage message) {
        if (lease.isHeld()) {
            message.accept(inbox);
        } else {
            connections.tell(ServerMessage.LinkOpened.ROUTER, message);
            lease.require();
        }
    }

    @Override
    public void tellHere(ConnectionId to, ServerMessage message) {
        if (!isRouter(to)) {
            connections.tellHere(to, message);
        } else if (lease.isHeld()) {
            message.accept(inbox);
        } else if (message instanceof ServerMessage.LinkOpened) {
            lease.require();
        }
    }

    @Override
    public boolean isHere(ConnectionId id) {
        return isRouter(id) ? lease.isHeld() : connections.isHere(id);
    }

    @Override
    public @Nullable LinkAllowance allowance(ConnectionId id) {
        return isRouter(id) ? null : connections.allowance(id);
    }

    @Override
    public @Nullable String token(ConnectionId id) {
        return isRouter(id) ? null : connections.token(id);
    }

    @Override
    public boolean understands(ConnectionId id, Feature feature) {
        return isRouter(id) || connections.understands(id, feature);
    }

    @Override
    public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {
        if (!isRouter(subscriber)) {
            connections.subscriptionsChanged(subscriber, subscribing);
        }
    }

    /** {@return whether the router of this server, which drives the session, receives a stream and sends it to all of its subscribers} */
    boolean isForwarded(StreamId streamId) {
        return !releasing
                && publishers.values().stream()
                        .anyMatch(end -> end.stream().id().equals(streamId) && end.isConnected())
                && subscribers.values().stream()
                        .filter(end -> end.stream().id().equals(streamId))
                        .allMatch(SubscriberEnd::isConnected);
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
        ofStream(stream).forEach(PublisherEnd::applyMutes);
        subscribers.values().stream().filter(end -> end.stream() == stream).forEach(SubscriberEnd::select);
        updateNeeded();
    }

    private void updateNeeded() {
        publishers.values().forEach(PublisherEnd::updateNeeded);
        if (!ticking && !publishers.isEmpty()) {
            ticking = true;
            routing.timer().schedule(this::tick, TICK_NANOS);
        }
    }

    private void tick() {
        ticking = false;
        List.copyOf(subscribers.values()).forEach(SubscriberEnd::tick);
        updateNeeded();
    }

    /** {@return whether the session's router takes no further link} */
    boolean isFull() {
        return room != null && room.isFull();
    }

    boolean take(LinkMessage.ReceptionReport report) {
        SubscriberEnd end = subscribers.get(report.linkId());
        if (end != null) {
            end.reception(report);
            ofStream(end.stream()).forEach(PublisherEnd::updateNeeded); // each subscriber reports each second
        }
        return end != null;
    }

    private Stream<PublisherEnd> ofStream(RoutedStream stream) {
        return publishers.values().stream().filter(end -> end.stream() == stream);
    }

    /**
     * The path of a publisher to the router carries too little for its video, or enough again. Each subscriber is told within a second,
     * not at once: a publisher that repeats such messages cannot make the server send each of them to all subscribers.
     */
    boolean take(LinkMessage.Fallback message) {
        PublisherEnd publisher = publishers.get(message.linkId());
        if (publisher != null) {
            publisher.stream().setFallback(message.state());
        }
        return publisher != null;
    }

    void streamEnded(StreamId streamId) {
        streams.remove(streamId);
        if (releasing) {
            closeEnds(
                    end -> end.stream().id().equals(streamId),
                    end -> end.stream().id().equals(streamId));
        }
    }

    /** A connection ended. Its media stops at once here, too, although the messages that close its links go to another server. */
    void connectionEnded(ConnectionId id) {
        if (releasing) {
            closeEnds(
                    end -> end.stream().info().connectionId().equals(id),
                    end -> end.subscriber().equals(id));
        }
    }

    private void closeEnds(Predicate<PublisherEnd> ofPublisher, Predicate<SubscriberEnd> ofSubscriber) {
        List<LinkId> closed = new ArrayList<>();
        publishers.forEach((linkId, end) -> {
            if (ofPublisher.test(end)) {
                closed.add(linkId);
            }
        });
        subscribers.forEach((linkId, end) -> {
            if (ofSubscriber.test(end)) {
                closed.add(linkId);
            }
        });
        closed.forEach(this::close);
    }

    /** Also called when the publisher is told once more: what the router told it meanwhile may be lost. */
    private void openPublisher(LinkId linkId, StreamId streamId) {
        if (!lease.isHeld()) {
            tellRouter(new LinkMessage.Restart(linkId));
            return;
        }
        PublisherEnd known = publishers.get(linkId);
        if (known != null) {
            known.repeatNeeded();
            return;
        }
        RoutedStream stream = streams.get(streamId);
        if (stream == null) {
            return;
        }
        stream.setFallback(FallbackState.VIDEO); // a publisher judges each of its links anew
        PublisherEnd end = new PublisherEnd(broker, stream, linkId);
        publishers.put(linkId, end);
        if (room != null) {
            end.enter(room);
        }
        requireRoom();
    }

    boolean openSubscriber(ServerMessage.LinkOpened opened) {
        LinkId linkId = opened.linkId();
        if (subscribers.containsKey(linkId)) {
            return update(linkId, opened.subscription()); // its client resumed at another server
        }
        RoutedStream stream = streams.get(opened.streamId());
        if (stream == null) {
            return false;
        }
        SubscriberEnd end = new SubscriberEnd(
                broker, stream, linkId, opened.subscriber(), opened.subscription(), firstNegotiation());
        subscribers.put(linkId, end);
        if (room != null) {
            end.enter(room);
        }
        requireRoom();
        updateNeeded();
        return true;
    }

    /** Offers of this server are newer than those of servers that drove the router before. */
    private int firstNegotiation() {
        return lease.term() * NEGOTIATIONS_PER_TERM;
    }

    /** {@return whether the router's end of a publisher's link is open here} */
    boolean isOpen(LinkId linkId) {
        return publishers.containsKey(linkId);
    }

    boolean update(LinkId linkId, Subscription wanted) {
        SubscriberEnd end = subscribers.get(linkId);
        if (end != null) {
            end.want(wanted);
            updateNeeded();
        }
        return end != null;
    }

    /** A subscriber resumed: what it was told last may be lost. */
    void repeatFallbacks(ConnectionId subscriber) {
        subscribers.values().stream()
                .filter(end -> end.subscriber().equals(subscriber))
                .forEach(SubscriberEnd::repeatFallback);
    }

    boolean restart(LinkId linkId) {
        SubscriberEnd end = subscribers.get(linkId);
        if (end != null) {
            end.restart();
        }
        PublisherEnd publisher = publishers.get(linkId);
        if (publisher != null) {
            publisher.repeatNeeded();
            updateNeeded();
        }
        return end != null || publisher != null;
    }

    boolean close(LinkId linkId) {
        PublisherEnd publisher = publishers.remove(linkId);
        if (publisher != null) {
            publisher.close();
        }
        SubscriberEnd subscriber = subscribers.remove(linkId);
        if (subscriber != null) {
            subscriber.close();
        }
        if (publishers.isEmpty() && subscribers.isEmpty()) {
            leaveRoom();
        }
        return publisher != null || subscriber != null;
    }

    private void leaveRoom() {
        if (place != null) {
            place.close();
            place = null;
            room = null;
        }
    }

    /** Closes everything at the router: another server drives it, or this one serves the session no longer. */
    void release() {
        releasing = false;
        List.copyOf(publishers.keySet()).forEach(this::close);
        List.copyOf(subscribers.keySet()).forEach(this::close);
        leaveRoom();
    }

    /**
     * Another server drives the router from now on. A subscriber closes its end here when it receives from the router of that one; the
     * link of a publisher is closed when all of its subscribers have. Then everything is closed; after 11 s in any case.
     */
    void releaseLater() {
        releasing = true;
        publishers.values().forEach(PublisherEnd::retire);
        subscribers.values().forEach(SubscriberEnd::retire);
        pollRelease(LONGEST_RELEASE_POLLS);
    }

    private void pollRelease(int polls) {
        routing.timer().schedule(() -> releaseIfMoved(polls), RELEASE_POLL_NANOS);
    }

    private void releaseIfMoved(int polls) {
        if (!releasing) {
            return;
        }
        Set<RoutedStream> watched = subscribers.values().stream()
                .filter(SubscriberEnd::isOpen)
                .map(SubscriberEnd::stream)
                .collect(Collectors.toSet());
        publishers.forEach((linkId, end) -> {
            if (!watched.contains(end.stream()) && end.dismiss()) {
                broker.moved(linkId, end.stream().info().connectionId());
            }
        });
        boolean used = !watched.isEmpty() || publishers.values().stream().anyMatch(PublisherEnd::isOpen);
        if (used && polls > 1) {
            pollRelease(polls - 1);
        } else {
            release();
        }
    }

    /** {@return whether another server drives the router, and this one has not closed everything yet} May be called on any thread. */
    boolean isReleasing() {
        return releasing;
    }

    boolean take(LinkMessage.Description message) {
        SessionDescription description = SessionDescription.parse(message.kind(), message.sdp())
                .filterCandidates(candidate -> false)
                .reject(MediaKind.APPLICATION);
        PublisherEnd publisher = publishers.get(message.linkId());
        SubscriberEnd subscriber = subscribers.get(message.linkId());
        if (message.kind() == DescriptionKind.OFFER && publisher != null) {
            publisher.offer(message.negotiation(), description);
            subscribers.values().stream()
                    .filter(end -> end.stream() == publisher.stream())
                    .forEach(SubscriberEnd::select);
            updateNeeded();
        } else if (message.kind() == DescriptionKind.ANSWER && subscriber != null) {
            subscriber.answer(message.negotiation(), description);
        } else {
            return false;
        }
        return true;
    }

    private void requireRoom() {
        if (place == null) {
            place = routing.routers().place(routing.loop(), this::placed, this::lost);
        }
    }

    private void placed(RouterRoom opened) {
        room = opened;
        List.copyOf(publishers.values()).forEach(end -> end.enter(opened));
        List.copyOf(subscribers.values()).forEach(end -> end.enter(opened));
    }

    private void lost() {
        if (releasing) {
            release();
            return;
        }
        LOG.info(
                "event=routerRoomLost session={} publishers={} subscribers={}",
                session,
                publishers.size(),
                subscribers.size());
        room = null;
        place = null;
        publishers.values().forEach(PublisherEnd::forget);
        subscribers.values().forEach(SubscriberEnd::forget);
        requireRoom();
        List.copyOf(publishers.keySet()).forEach(broker::renew);
    }
}
