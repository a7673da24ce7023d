package dev.videosession.server.session;

import dev.videosession.protocol.SessionId;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The sessions that are in memory: those with a connection, a lost one included, or with a ban to remember. Thread-safe. */
public final class SessionRegistry {
    private final ConcurrentMap<SessionId, LiveSession> sessions = new ConcurrentHashMap<>();
    private final SessionContext context;
    private final EventLoopGroup loops;
    private volatile boolean draining;

    /**
     * Makes an empty registry.
     *
     * @param context what its sessions share
     * @param loops on which they run
     */
    public SessionRegistry(SessionContext context, EventLoopGroup loops) {
        this.context = context;
        this.loops = loops;
    }

    /**
     * Finds a session or opens it, and keeps it from ending until {@link LiveSession#enter} was carried out.
     *
     * @param id of the session
     * @return the session, which must be entered exactly once
     */
    public LiveSession hold(SessionId id) {
        return sessions.compute(id, (key, present) -> {
            LiveSession session = present != null ? present : new LiveSession(key, context, loops.next(), this);
            session.hold();
            return session;
        });
    }

    /**
     * Finds a session.
     *
     * @param id of the session
     * @return the session, or empty if nobody is in it
     */
    public Optional<LiveSession> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /**
     * Returns the ids of all sessions.
     *
     * @return a copy
     */
    public List<SessionId> ids() {
        return List.copyOf(sessions.keySet());
    }

    /** The server stops: sockets that are lost from now on are nobody's news. */
    public void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Called on the session's loop when there is nothing left in it. Returns whether it is gone. */
    boolean removeUnlessHeld(LiveSession session) {
        return sessions.computeIfPresent(
                        session.id(), (key, present) -> present == session && !session.isHeld() ? null : present)
                == null;
    }
}
