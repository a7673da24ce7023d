package dev.videosession.server.internal.session;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.engine.SessionContext;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sessions that are in memory: those with a connection, a lost one included, or with a ban to remember. Thread-safe. */
public final class SessionRegistry {
    /** Longer than any client tries to resume. */
    private static final long TOMBSTONE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final ConcurrentMap<SessionId, LiveSession> sessions = new ConcurrentHashMap<>();
    private final SessionContext context;
    private final EventLoopGroup loops;
    private final DisconnectTombstones tombstones;
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
        Timings timings = context.timings();
        this.tombstones = new DisconnectTombstones(
                context.time(),
                TOMBSTONE_NANOS
                        + TimeUnit.MILLISECONDS.toNanos(timings.silenceMillis() + timings.resumeWindowMillis()));
    }

    /**
     * Finds a session or opens it, and keeps it from ending until {@link LiveSession#enter} was carried out.
     *
     * @param id of the session
     * @return the session, which must be entered exactly once
     */
    public LiveSession retain(SessionId id) {
        return sessions.compute(id, (key, present) -> {
            LiveSession session = present != null ? present : open(key);
            session.retain();
            session.use();
            return session;
        });
    }

    /**
     * Finds a session. If other servers may have connections of it, it is opened, and may turn out to be empty.
     *
     * @param id of the session
     * @return the session, or empty if it has no connections
     */
    public Optional<LiveSession> find(SessionId id) {
        if (!context.logs().isShared()) {
            return Optional.ofNullable(sessions.get(id));
        }
        return Optional.of(sessions.compute(id, (key, present) -> {
            LiveSession session = present != null ? present : open(key);
            session.use();
            return session;
        }));
    }

    private LiveSession open(SessionId id) {
        return new LiveSession(id, context, loops.next(), this, tombstones);
    }

    /** {@return a copy of the sessions in memory} */
    public List<LiveSession> sessions() {
        return List.copyOf(sessions.values());
    }

    /** Closes the sockets of all clients, so that they resume, and drops what is known of their sessions. */
    public void abandonAll() {
        sessions().forEach(LiveSession::abandon);
    }

    void forget(LiveSession session) {
        sessions.remove(session.id(), session);
    }

    /**
     * Returns the ids of all sessions.
     *
     * @return a copy
     */
    public List<SessionId> ids() {
        return List.copyOf(sessions.keySet());
    }

    /**
     * Returns the ids of all sessions of this server, and of all servers that share their logs with it.
     *
     * @return a list without repetitions; fails if the logs cannot be read
     */
    public CompletableFuture<List<SessionId>> allIds() {
        return context.logs()
                .sessions()
                .thenApply(shared -> Stream.concat(sessions.keySet().stream(), shared.stream())
                        .distinct()
                        .toList())
                .toCompletableFuture();
    }

    /**
     * Answers a client that tries to resume a connection that has ended with how it ended, and closes its socket.
     *
     * @param socket its socket
     * @param request what it sent
     * @return false if it is not known how the connection ended; nothing was sent then
     */
    public boolean replayDisconnect(ClientSocket socket, ClientMessage.Resume request) {
        Optional<DisconnectTombstones.Tombstone> tombstone =
                tombstones.find(request.connectionId(), request.resumeKey());
        tombstone.ifPresent(found -> {
            byte[] last = context.codec().encodeServerBytes(found.message());
            String text = found.code().detail().wireName();
            socket.outbox().loop().execute(() -> socket.outbox().finish(last, found.code(), text));
        });
        return tombstone.isPresent();
    }

    /** The server stops: connections whose sockets are lost from now on are not marked as lost. */
    public void drain() {
        draining = true;
    }

    /**
     * Lets other servers drive the media routers of sessions, as far as they have connections of them.
     *
     * @return completed when they do
     */
    public CompletableFuture<Void> handRoutersOver() {
        return CompletableFuture.allOf(
                sessions().stream().map(LiveSession::handRouterOver).toArray(CompletableFuture[]::new));
    }

    /** {@return whether a router of this server forwards what that of another one will in a moment} */
    public boolean isPassingRoutersOn() {
        return sessions.values().stream().anyMatch(LiveSession::isPassingRouterOn);
    }

    boolean isDraining() {
        return draining;
    }

    /**
     * Removes a session that is empty, and closes its log before another one with the same id can be opened. Called on the
     * session's loop. Returns false if a client is about to join, or the session was used a moment ago.
     */
    boolean removeUnlessNeeded(LiveSession session) {
        return sessions.computeIfPresent(session.id(), (key, present) -> {
                    if (present != session || session.isNeeded()) {
                        return present;
                    }
                    session.closeLog();
                    return null;
                })
                == null;
    }
}
