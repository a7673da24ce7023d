package dev.videosession.server.internal.router.janus;

import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.PublicationListener;
import dev.videosession.server.internal.router.RoomListener;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RoutedSubscription;
import dev.videosession.server.internal.router.RouterCounts;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.SubscriptionListener;
import dev.videosession.server.internal.router.janus.process.RandomSecret;
import dev.videosession.server.internal.router.janus.session.JanusException;
import dev.videosession.server.internal.router.janus.session.JanusHandle;
import dev.videosession.server.internal.router.janus.session.JanusSession;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A room of the VideoRoom plugin, created with the first publication. A stream has a new feed id each time it is published, so that a
 * publication never conflicts with the remains of the last one. State is owned by the event loop.
 */
final class JanusRoom implements RouterRoom {
    private static final Logger LOG = LoggerFactory.getLogger(JanusRoom.class);

    /** Janus relays to all subscribers of a room's publisher on one thread; its own default is 3 publishers. */
    private static final int MAX_PUBLISHERS = 200;

    private static final int MAX_VIDEO_BITRATE = 4_000_000;

    private final EventLoop loop;
    private final Executor executor;
    private final RoomListener listener;
    private final JanusCapacity capacity;
    private final String name;
    private final String secret = RandomSecret.hex(16);
    private final String pin = RandomSecret.hex(16);
    private final Map<StreamId, JanusPublication> publications = new HashMap<>();
    private final Set<JanusSubscription> subscriptions = new LinkedHashSet<>();
    /** Subscriptions to streams of which no media arrived yet. They have no handle and take none of the capacity. */
    private final Set<JanusSubscription> waiting = new LinkedHashSet<>();

    private @Nullable JanusSession session;
    private @Nullable JanusHandle control;
    private String adminKey = "";
    private Runnable removed = () -> {};
    private @Nullable CompletableFuture<Void> created;
    private int feeds;
    private boolean over;

    JanusRoom(
            EventLoop loop, Executor executor, RoomListener listener, JanusCapacity capacity, Supplier<String> names) {
        this.loop = loop;
        this.executor = executor;
        this.listener = listener;
        this.capacity = capacity;
        this.name = names.get();
    }

    // ---- any thread

    @Override
    public RoutedPublication publish(StreamId streamId, PublicationListener publicationListener) {
        JanusPublication publication = new JanusPublication(this, streamId, publicationListener);
        execute(() -> {
            if (!capacity.hasRoom()) {
                publication.refuse(RouterRefusal.CAPACITY, capacity.refusal());
                return;
            }
            counts().publications(1);
            publication.feed = streamId.value() + "." + ++feeds;
            publications.put(streamId, publication);
        });
        return publication;
    }

    @Override
    public RoutedSubscription subscribe(StreamId streamId, Layers layers, SubscriptionListener subscriptionListener) {
        JanusSubscription subscription = new JanusSubscription(this, streamId, layers, subscriptionListener);
        execute(() -> {
            JanusPublication publication = publications.get(streamId);
            if (publication != null && publication.isConnected()) {
                join(subscription, publication.feed);
            } else {
                waiting.add(subscription);
            }
        });
        return subscription;
    }

    @Override
    public boolean isFull() {
        return capacity.isFull();
    }

    @Override
    public void close() {
        execute(this::closeNow);
    }

    /** Runs work on the event loop later, unless the room is over by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    void schedule(Runnable work, long millis) {
        loop.schedule(() -> execute(work), millis, TimeUnit.MILLISECONDS);
    }

    /** Runs work on the event loop, unless the room is over by then. */
    void execute(Runnable work) {
        loop.execute(() -> {
            if (!over) {
                work.run();
            }
        });
    }

    // ---- the event loop

    void opened(JanusSession openSession, JanusHandle manager, String key, Runnable whenClosed) {
        session = openSession;
        control = manager;
        adminKey = key;
        removed = whenClosed;
    }

    /** {@return completes when Janus has removed the room, or could not} */
    CompletionStage<Boolean> closeNow() {
        List.copyOf(publications.values()).forEach(JanusPublication::release);
        List.copyOf(subscriptions).forEach(JanusSubscription::release);
        CompletionStage<Boolean> destroyed = destroy();
        end();
        removed.run();
        return destroyed;
    }

    private CompletionStage<Boolean> destroy() {
        JanusHandle manager = control;
        if (created == null || manager == null) {
            return CompletableFuture.completedFuture(true);
        }
        return created.thenCompose(done -> manager.requestAgain(room("destroy", Map.of("secret", secret)), null))
                .handle((reply, failure) -> {
                    if (failure != null) {
                        LOG.debug(
                                "event=routerRoomNotDestroyed room={} cause=\"{}\"",
                                name,
                                JanusException.messageOf(failure));
                    }
                    return failure == null;
                });
    }

    void lost() {
        if (!over) {
            end();
            run(listener::onLost);
        }
    }

    private void end() {
        over = true;
        counts().publications(-publications.size());
        counts().subscriptions(-subscriptions.size());
        publications.clear();
        subscriptions.clear();
        waiting.clear();
    }

    /** Calls the session back, in order. */
    void callBack(Runnable call) {
        if (!over) {
            run(call);
        }
    }

    private void run(Runnable call) {
        try {
            executor.execute(call);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=taskDiscarded room={} cause=shutdown", name);
        }
    }

    RouterCounts counts() {
        return capacity.counts();
    }

    JanusSession session() {
        if (session == null) {
            throw new IllegalStateException("the room is not open");
        }
        return session;
    }

    /** Creates the room when it is first needed. A failed attempt is not kept: the next publication tries again. */
    CompletionStage<Void> create() {
        if (created == null) {
            Map<String, Object> body = room("create", Map.of("secret", secret));
            body.put("admin_key", adminKey);
            body.put("pin", pin);
            body.put("is_private", true);
            body.put("publishers", MAX_PUBLISHERS);
            body.put("bitrate", MAX_VIDEO_BITRATE);
            body.put("fir_freq", 0);
            body.put("audiocodec", "opus");
            body.put("videocodec", "vp8,h264,vp9,av1");
            body.put("notify_joining", false);
            body.put("lock_record", true);
            CompletableFuture<Void> attempt = new CompletableFuture<>();
            created = attempt;
            manager().requestAgain(body, null).whenComplete((done, failure) -> {
                if (failure == null || isRoomThere(failure)) {
                    attempt.complete(null);
                } else {
                    created = null;
                    attempt.completeExceptionally(failure);
                }
            });
            return attempt;
        }
        return created;
    }

    /** An earlier attempt whose answer came too late may have created the room. */
    private static boolean isRoomThere(Throwable failure) {
        return JanusException.hasCode(failure, JanusException.ROOM_EXISTS);
    }

    /** {@return the handle that manages rooms} */
    JanusHandle manager() {
        if (control == null) {
            throw new IllegalStateException("the room is not open");
        }
        return control;
    }

    Map<String, Object> room(String request, Map<String, ?> further) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("request", request);
        body.put("room", name);
        body.putAll(further);
        return body;
    }

    Map<String, Object> join(String request, String type, Map<String, ?> further) {
        Map<String, Object> body = room(request, further);
        body.put("ptype", type);
        body.put("pin", pin);
        return body;
    }

    Map<String, Object> moderate(String feed, String mid, boolean mute) {
        return room("moderate", Map.of("secret", secret, "id", feed, "mid", mid, "mute", mute));
    }

    /** Media of the publisher arrives: what waits for it may join. */
    void connected(JanusPublication publication) {
        Stream.concat(subscriptions.stream(), waiting.stream())
                .filter(each -> each.streamId().equals(publication.streamId()))
                .toList()
                .forEach(each -> join(each, publication.feed));
    }

    private void join(JanusSubscription subscription, String feed) {
        if (!subscriptions.contains(subscription)) {
            waiting.remove(subscription);
            if (!capacity.hasRoom()) {
                subscription.refuse(RouterRefusal.CAPACITY, capacity.refusal());
                return;
            }
            counts().subscriptions(1);
            subscriptions.add(subscription);
        }
        subscription.join(feed);
    }

    void remove(JanusPublication publication) {
        if (publications.remove(publication.streamId(), publication)) {
            counts().publications(-1);
        }
    }

    void remove(JanusSubscription subscription) {
        waiting.remove(subscription);
        if (subscriptions.remove(subscription)) {
            counts().subscriptions(-1);
        }
    }
}
