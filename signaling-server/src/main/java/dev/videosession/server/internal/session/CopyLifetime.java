package dev.videosession.server.internal.session;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.presence.Orphans;
import dev.videosession.server.internal.state.LoggedState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Decides when this server closes its copy of a session. A session that no other server shares ends when its log says that it is empty.
 * A shared log keeps the session: the copy is needed for the connections of this server, and for a while besides. Belongs to the
 * session's loop, unless a method says otherwise.
 */
final class CopyLifetime {
    private static final long BAN_CHECK_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long EMPTY_COPY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long UNUSED_COPY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SessionExecutor loop;
    private final TimeSource time;
    private final LoggedState state;
    private final SessionEngine engine;
    private final LocalConnections connections;
    private final Orphans orphans;
    private final RouterDriver router;
    private final BooleanSupplier leaseUnknown;
    private final AtomicInteger retained = new AtomicInteger();
    private volatile long usedAtNanos;
    private boolean ended;
    private boolean checkScheduled;

    /**
     * Follows the parts of a session.
     *
     * @param leaseUnknown asked whether this server is finding out whether it drives the session's router
     */
    CopyLifetime(
            SessionExecutor loop,
            TimeSource time,
            LoggedState state,
            SessionEngine engine,
            LocalConnections connections,
            Orphans orphans,
            RouterDriver router,
            BooleanSupplier leaseUnknown) {
        this.loop = loop;
        this.time = time;
        this.state = state;
        this.engine = engine;
        this.connections = connections;
        this.orphans = orphans;
        this.router = router;
        this.leaseUnknown = leaseUnknown;
        this.usedAtNanos = time.nanos();
    }

    /** A client is about to join. May be called on any thread. */
    void retain() {
        retained.incrementAndGet();
    }

    /** The client has joined, or was refused. */
    void joined() {
        retained.decrementAndGet();
    }

    /** The session is used: its copy stays for a while. May be called on any thread. */
    void use() {
        usedAtNanos = time.nanos();
    }

    /** {@return whether a client is about to join, or the session was used a moment ago} May be called on any thread. */
    boolean isNeeded() {
        return retained.get() > 0 || (engine.isShared() && time.nanos() - usedAtNanos < EMPTY_COPY_NANOS);
    }

    /** The copy is closed, or about to be. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** {@return whether the copy is of no further use, unless it {@link #isNeeded}} If not, this is asked again when that may change. */
    boolean mayEnd() {
        if (ended || !engine.isIdle()) {
            return false;
        }
        return engine.isShared() ? isUnused() : isEmpty();
    }

    private boolean isEmpty() {
        if (state.connectionCount() > 0) {
            return false;
        }
        if (state.hasBansAt(time.instant().getEpochSecond())) {
            checkAfter(BAN_CHECK_NANOS);
            return false;
        }
        return true;
    }

    private boolean isUnused() {
        boolean driven = (router.isDriving() || leaseUnknown.getAsBoolean()) && state.connectionCount() > 0;
        if (!connections.all().isEmpty() || orphans.isWatching() || driven || router.isPassingOn()) {
            return false;
        }
        long keep = state.connectionCount() == 0 ? EMPTY_COPY_NANOS : UNUSED_COPY_NANOS;
        long left = usedAtNanos + keep - time.nanos();
        if (left > 0) {
            checkAfter(left);
        }
        return left <= 0;
    }

    /** The loop asks after each of its tasks. */
    private void checkAfter(long nanos) {
        if (!checkScheduled) {
            checkScheduled = true;
            var unused = loop.schedule(() -> checkScheduled = false, nanos);
        }
    }
}
