package dev.videosession.server.internal.presence;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.state.LifecycleVisitor;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections that neither publish nor subscribe for too long. They are kept in the order in which they became idle, and
 * one timer waits for the first, so that a change costs the same in a session of any size. Belongs to the session's loop.
 */
public final class IdleWatch {
    private final LoggedState state;
    private final SessionExecutor loop;
    private final TimeSource time;
    private final Set<ConnectionId> subscribers = new HashSet<>();
    private final Map<ConnectionId, Long> idleSinceNanos = new LinkedHashMap<>();
    private final LoggedEvent.Visitor<Void> follower = new Follower();
    private Consumer<ConnectionId> eviction = id -> {};
    private long limitNanos;
    private @Nullable Future<?> timer;

    /**
     * Creates a watch without a limit.
     *
     * @param state of the session
     * @param loop of the session
     * @param time the monotonic clock
     */
    public IdleWatch(LoggedState state, SessionExecutor loop, TimeSource time) {
        this.state = state;
        this.loop = loop;
        this.time = time;
    }

    /**
     * Sets the limit. Time that has passed already counts.
     *
     * @param millis how long a connection may be idle, in milliseconds; 0 for any time
     * @param evict gets each connection that was idle for longer
     */
    public void limit(long millis, Consumer<ConnectionId> evict) {
        limitNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        eviction = evict;
        stop();
        watchFirst();
    }

    /**
     * Follows an event.
     *
     * @param event was applied to the state
     */
    public void follow(LoggedEvent event) {
        event.accept(follower);
    }

    /**
     * Follows the links of a connection.
     *
     * @param id the connection
     * @param subscribing whether it has a subscription now
     */
    public void subscriptionsChanged(ConnectionId id, boolean subscribing) {
        if (subscribing) {
            subscribers.add(id);
        } else {
            subscribers.remove(id);
        }
        changed(id);
    }

    /**
     * Tells whether a connection is idle.
     *
     * @param id the connection
     * @return true if it neither publishes nor subscribes
     */
    public boolean isIdle(ConnectionId id) {
        return !state.isPublishing(id) && !subscribers.contains(id);
    }

    private void changed(ConnectionId id) {
        if (!isIdle(id)) {
            forget(id);
        } else if (state.connection(id) != null) {
            idleSinceNanos.putIfAbsent(id, time.nanos());
            watchFirst();
        }
    }

    private void forget(ConnectionId id) {
        idleSinceNanos.remove(id);
        if (idleSinceNanos.isEmpty()) {
            stop();
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void watchFirst() {
        if (timer == null && limitNanos > 0 && !idleSinceNanos.isEmpty()) {
            long now = time.nanos();
            watch(idleSinceNanos.values().iterator().next() + limitNanos - now);
        }
    }

    private void watch(long waitNanos) {
        long wait = Math.max(waitNanos, TimeUnit.MILLISECONDS.toNanos(1));
        long due = time.nanos() + wait;
        timer = loop.schedule(() -> tick(due), wait);
    }

    private void tick(long due) {
        timer = null;
        long now = time.nanos();
        long stall = Stall.nanos(due, now);
        if (stall > 0) {
            watch(Math.min(stall, limitNanos));
            return;
        }
        while (!idleSinceNanos.isEmpty()) {
            Map.Entry<ConnectionId, Long> first =
                    idleSinceNanos.entrySet().iterator().next();
            if (first.getValue() + limitNanos - now > 0) {
                break;
            }
            idleSinceNanos.remove(first.getKey());
            eviction.accept(first.getKey());
        }
        watchFirst();
    }

    /** Watches a connection that may have stopped publishing, and no longer watches one that publishes or has ended. */
    private final class Follower extends LifecycleVisitor<Void> {
        @Override
        public Void onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            changed(event.connection().connectionId());
            return null;
        }

        @Override
        public Void onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            subscribers.remove(event.connectionId());
            forget(event.connectionId());
            return null;
        }

        @Override
        public Void onStreamCreated(LoggedEvent.StreamCreated event) {
            changed(event.stream().connectionId());
            return null;
        }

        @Override
        public Void onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            changed(event.connectionId());
            return null;
        }

        @Override
        protected Void other() {
            return null;
        }
    }
}
