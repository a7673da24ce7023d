package dev.videosession.server.internal.session;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.outbox.Outbox;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session at work. Every method may be called on any thread and only puts a task into the queue of the session's event
 * loop, where the tasks run one after the other.
 */
public final class LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionId id;
    private final SessionContext context;
    private final SessionRegistry registry;
    private final SessionExecutor loop;
    private final SessionParts parts;
    private final CopyLifetime lifetime;
    private final SessionBackend backend;

    LiveSession(
            SessionId id,
            SessionContext context,
            EventLoop eventLoop,
            SessionRegistry registry,
            DisconnectTombstones tombstones) {
        this.id = id;
        this.context = context;
        this.registry = registry;
        this.loop = new SessionExecutor(id, eventLoop, this::endIfUnused);
        this.parts = new SessionParts(id, context, loop, tombstones, this::reopen);
        this.lifetime = parts.lifetime;
        this.backend = new SessionBackend(loop, parts.state, parts.engine, parts.policy);
        context.metrics().sessions(1);
        loop.execute(() -> parts.policy.apply(context.policies().apply(id)));
        loop.start();
        LOG.info("event=sessionOpened session={}", id);
    }

    /** {@return the id} */
    public SessionId id() {
        return id;
    }

    /** {@return what a backend may ask of the session} */
    public SessionBackend backend() {
        return backend;
    }

    void retain() {
        lifetime.retain();
    }

    /** The session is used: this server keeps its copy for a while. */
    void use() {
        lifetime.use();
    }

    boolean isNeeded() {
        return lifetime.isNeeded();
    }

    /**
     * Lets a client join, or refuses it and closes its socket. The session must have been retained for it.
     *
     * @param entering the client's connection
     * @param socket its socket
     * @param request what it sent
     */
    public void enter(ClientConnection entering, ClientSocket socket, ClientMessage.Connect request) {
        loop.execute(() -> {
            lifetime.joined();
            parts.joins.join(entering, socket.outbox(), request, () -> socket.established(this, entering));
        });
    }

    /**
     * Gives a connection a new socket, or refuses and closes the socket.
     *
     * @param socket the new socket
     * @param request what came over it
     */
    public void resume(ClientSocket socket, ClientMessage.Resume request) {
        loop.execute(() -> parts.resumes.resume(
                request,
                socket.outbox(),
                socket.address(),
                socket::hasLeft,
                connection -> socket.established(this, connection)));
    }

    /**
     * Handles a message of an established connection.
     *
     * @param from the connection
     * @param outbox of the socket over which it came; ignored if that is no longer the connection's
     * @param message the message
     */
    public void receive(ClientConnection from, Outbox outbox, ClientMessage message) {
        loop.execute(() -> {
            if (isCurrent(from, outbox)) {
                from.confirmKey();
                parts.requests.handle(from, message);
            }
        });
    }

    /**
     * Reports that a socket was lost.
     *
     * @param connection whose it was
     * @param outbox of the socket; ignored if that is no longer the connection's
     * @param detail how
     */
    public void lost(ClientConnection connection, Outbox outbox, DisconnectDetail detail) {
        loop.execute(() -> {
            if (isCurrent(connection, outbox) && !registry.isDraining()) {
                parts.presence.lose(connection, detail);
            }
        });
    }

    /**
     * Ends a connection because of what came over its socket.
     *
     * @param connection the connection
     * @param outbox of the socket; ignored if that is no longer the connection's
     * @param reason why
     * @param detail the cause
     */
    public void end(ClientConnection connection, Outbox outbox, DisconnectReason reason, DisconnectDetail detail) {
        loop.execute(() -> {
            if (isCurrent(connection, outbox)) {
                parts.presence.end(connection, reason, detail, null, () -> connection.outbox() == outbox);
            }
        });
    }

    /**
     * Ends the connections of a server that is dead, after the resume window, unless their clients resume.
     *
     * @param epoch the number under which it owned them
     */
    public void ownerDied(long epoch) {
        loop.execute(() -> {
            parts.orphans.loseConnectionsOf(epoch);
            if (parts.routerLease != null) {
                parts.routerLease.ownerDied(epoch);
            }
        });
    }

    /**
     * Lets another server drive the media router, because this one is about to stop.
     *
     * @return completed when another one does, or none can at the moment
     */
    CompletableFuture<Void> handRouterOver() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        loop.execute(result, () -> {
            if (parts.routerLease == null) {
                result.complete(null);
            } else {
                parts.routerLease.handOver(() -> result.complete(null));
            }
        });
        return result;
    }

    /** {@return whether the router of this server still forwards what that of another one will} May be called on any thread. */
    boolean isPassingRouterOn() {
        return parts.links.router().isPassingOn();
    }

    /** Closes this server's copy of the session, and its sockets with a code after which clients resume at any server. */
    void abandon() {
        loop.execute(() -> {
            if (lifetime.hasEnded()) {
                return;
            }
            lifetime.end();
            registry.forget(this);
            parts.engine.abandon();
            for (ClientConnection connection : List.copyOf(parts.connections.all())) {
                parts.effects.abandon(connection.id());
            }
            parts.links.router().release();
            close();
            LOG.info("event=sessionAbandoned session={} sequence={}", id, parts.state.sequence());
        });
    }

    private void close() {
        context.metrics().sessions(-1);
        parts.close();
    }

    /** The log may say that this server owns connections whose clients do not return: a new copy follows that. */
    private void reopen() {
        abandon();
        var unused = loop.schedule(() -> registry.find(id), REOPEN_NANOS);
    }

    private boolean isCurrent(ClientConnection connection, Outbox outbox) {
        return parts.connections.holds(connection) && connection.outbox() == outbox;
    }

    void closeLog() {
        parts.engine.close();
    }

    private void endIfUnused() {
        if (lifetime.mayEnd() && registry.removeUnlessNeeded(this)) {
            lifetime.end();
            close();
            LOG.info("event=sessionClosed session={} events={}", id, parts.state.sequence());
        }
    }
}
