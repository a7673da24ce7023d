package dev.videosession.server.internal.router;

import dev.videosession.server.settings.ServerLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routers of a server. A session is placed on the router with the least load that is available and stays there until
 * its room is closed or lost. Thread-safe.
 */
public final class RouterPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterPool.class);

    private final List<MediaRouter> routers;
    private final RouterShares shares;
    private final Deque<Placement> waiting = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this

    /**
     * Makes a pool.
     *
     * @param routers at least one; the pool closes them
     * @param limits what a token and a project may use of them
     */
    public RouterPool(List<MediaRouter> routers, ServerLimits limits) {
        if (routers.isEmpty()) {
            throw new IllegalArgumentException("a pool needs at least one router");
        }
        this.routers = List.copyOf(routers);
        this.shares = new RouterShares(limits, this::capacity);
        this.routers.forEach(router -> router.onAvailability(this::placeWaiting));
    }

    /** A session that waits for a router. */
    private final class Placement implements Place {
        private final Executor executor;
        private final Consumer<RouterRoom> placed;
        private final RoomListener listener;
        private @Nullable RouterRoom room; // guarded by the pool
        private boolean cancelled; // guarded by the pool
        private boolean delivered; // on the executor
        private boolean lostEarly; // on the executor

        Placement(Executor executor, Consumer<RouterRoom> placed, RoomListener listener) {
            this.executor = executor;
            this.placed = placed;
            this.listener = listener;
        }

        @Override
        public void close() {
            RouterRoom open;
            synchronized (RouterPool.this) {
                cancelled = true;
                waiting.remove(this);
                open = room;
            }
            if (open != null) {
                open.close();
            }
        }

        private boolean isCancelled() {
            synchronized (RouterPool.this) {
                return cancelled;
            }
        }

        private void open(MediaRouter router) {
            RouterRoom opened = router.open(executor, this::lost);
            boolean late;
            synchronized (RouterPool.this) {
                room = opened;
                late = cancelled;
            }
            if (late) {
                opened.close();
                return;
            }
            executor.execute(() -> placed(opened));
        }

        private void placed(RouterRoom opened) {
            if (isCancelled()) {
                return;
            }
            delivered = true;
            placed.accept(opened);
            if (lostEarly) {
                lost();
            }
        }

        private void lost() {
            if (isCancelled()) {
                return;
            }
            if (delivered) {
                listener.onLost();
            } else {
                lostEarly = true;
            }
        }
    }

    /** A session's claim to a room. */
    public interface Place extends AutoCloseable {
        /** Gives the room up, or the wait for it. Nothing calls back afterwards. */
        @Override
        void close();
    }

    /**
     * Places a session, at once or when a router becomes available.
     *
     * @param executor runs the callbacks
     * @param placed gets the room, once
     * @param listener called if that room is lost afterwards; the session may be placed again then
     * @return closes the room
     */
    public Place place(Executor executor, Consumer<RouterRoom> placed, RoomListener listener) {
        Placement placement = new Placement(executor, placed, listener);
        Optional<MediaRouter> router;
        synchronized (this) {
            router = closed ? Optional.empty() : leastLoaded();
            if (router.isEmpty() && !closed) {
                waiting.add(placement);
            }
        }
        router.ifPresent(placement::open);
        return placement;
    }

    private Optional<MediaRouter> leastLoaded() {
        return routers.stream().filter(MediaRouter::isUp).min(Comparator.comparingDouble(MediaRouter::load));
    }

    private void placeWaiting() {
        while (true) {
            Placement next;
            Optional<MediaRouter> router;
            synchronized (this) {
                router = leastLoaded();
                if (router.isEmpty() || waiting.isEmpty()) {
                    return;
                }
                next = waiting.remove();
            }
            next.open(router.get());
        }
    }

    /** {@return whether a session can be placed at once} */
    public boolean isUp() {
        return routers.stream().anyMatch(MediaRouter::isUp);
    }

    /** {@return whether no available router takes a further link; false if none is available} */
    public boolean isFull() {
        List<MediaRouter> up = routers.stream().filter(MediaRouter::isUp).toList();
        return !up.isEmpty() && up.stream().allMatch(router -> router.counts().links() >= router.capacity());
    }

    /** {@return how many publications and subscriptions the available routers carry together} */
    public int capacity() {
        return routers.stream()
                .filter(MediaRouter::isUp)
                .mapToInt(MediaRouter::capacity)
                .sum();
    }

    /** {@return what tokens and projects use of the routers} */
    public RouterShares shares() {
        return shares;
    }

    /** {@return the routers} */
    public List<MediaRouter> routers() {
        return routers;
    }

    /** Closes the routers. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        List<MediaRouter> open = new ArrayList<>(routers);
        for (MediaRouter router : open) {
            try {
                router.close();
            } catch (RuntimeException e) {
                LOG.warn("event=routerNotClosed router={}", router.name(), e);
            }
        }
    }
}
