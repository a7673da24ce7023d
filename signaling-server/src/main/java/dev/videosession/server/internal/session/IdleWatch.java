package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.SessionEvent;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections that neither publish nor subscribe for too long. They stand in a line in the order in which they
 * stopped; one timer waits for the first, so that a change costs the same whatever the size of the session. Belongs to the
 * session's loop.
 */
final class IdleWatch {
    private final SessionEngine engine;
    private final LiveSession session;
    private final Map<ConnectionId, Long> idleSinceNanos = new LinkedHashMap<>();
    private long limitNanos;
    private @Nullable Future<?> timer;

    IdleWatch(SessionEngine engine, LiveSession session) {
        this.engine = engine;
        this.session = session;
    }

    /** Zero for no limit. Time that has passed already counts. */
    void limit(long millis) {
        limitNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        stop();
        watchFirst();
    }

    void follow(SessionEvent event) {
        if (event instanceof SessionEvent.ConnectionCreated e) {
            changed(e.connection().connectionId());
        } else if (event instanceof SessionEvent.StreamCreated e) {
            changed(e.stream().connectionId());
        } else if (event instanceof SessionEvent.StreamDestroyed e) {
            changed(e.connectionId());
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            forget(e.connectionId());
        }
    }

    /** A connection may have begun or stopped to publish or to subscribe. */
    void changed(ConnectionId id) {
        if (engine.state.isPublishing(id) || engine.links.isSubscribing(id)) {
            forget(id);
        } else if (engine.state.connection(id) != null) {
            idleSinceNanos.putIfAbsent(id, engine.context.time().nanos());
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
            long now = engine.context.time().nanos();
            watch(idleSinceNanos.values().iterator().next() + limitNanos - now);
        }
    }

    private void watch(long waitNanos) {
        long wait = Math.max(waitNanos, TimeUnit.MILLISECONDS.toNanos(1));
        long due = engine.context.time().nanos() + wait;
        timer = session.timer(() -> tick(due), wait);
    }

    private void tick(long due) {
        timer = null;
        long now = engine.context.time().nanos();
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
            evict(first.getKey());
        }
        watchFirst();
    }

    private void evict(ConnectionId id) {
        idleSinceNanos.remove(id);
        engine.commit(new Command.Leave(
                id,
                DisconnectReason.FORCE_DISCONNECTED,
                DisconnectDetail.IDLE,
                "neither published nor subscribed for too long"));
    }
}
