package dev.videosession.server.internal.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.outbox.HeldMemory;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.settings.SessionPolicy;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session at work. Every method may be called on any thread and only puts a task into the queue of the session's
 * event loop, where all of them run one after the other.
 */
public final class LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final long BAN_CHECK_NANOS = TimeUnit.HOURS.toNanos(1);

    private final EventLoop loop;
    private final SessionRegistry registry;
    private final AtomicInteger retained = new AtomicInteger();
    private final SessionEngine engine;
    private final Presence presence;
    private final Doorkeeper doorkeeper;
    private final IdleWatch idle;
    private final HeldMemory history;
    private final long openedAt;
    private boolean ended;
    private boolean banCheckScheduled;

    LiveSession(SessionId id, SessionContext context, EventLoop loop, SessionRegistry registry) {
        this.loop = loop;
        this.registry = registry;
        this.engine = new SessionEngine(id, context, registry.tombstones());
        this.openedAt = context.time().millis();
        this.presence = new Presence(engine, this);
        this.doorkeeper = new Doorkeeper(engine, this, presence);
        this.idle = new IdleWatch(engine, this);
        this.history = new HeldMemory(engine.log::heldBytes, () -> execute(engine.log::shorten));
        context.memory().add(history);
        engine.watchedBy(idle::follow, idle::changed);
        execute(() -> apply(context.policies().apply(id)));
        context.metrics().sessions(1);
        LOG.info("event=sessionOpened session={}", id);
    }

    /**
     * Returns its id.
     *
     * @return the id
     */
    public SessionId id() {
        return engine.id;
    }

    void retain() {
        retained.incrementAndGet();
    }

    boolean isRetained() {
        return retained.get() > 0;
    }

    /**
     * Lets a client in, or refuses it and closes its socket. The session must have been held for it.
     *
     * @param newcomer the client
     * @param socket its socket
     * @param request what it sent
     */
    public void enter(ClientConnection newcomer, ClientSocket socket, ClientMessage.Connect request) {
        execute(() -> {
            retained.decrementAndGet();
            presence.enter(newcomer, socket, request);
        });
    }

    /**
     * Gives a connection a new socket, or refuses and closes the socket.
     *
     * @param socket the new socket
     * @param request what came over it
     */
    public void resume(ClientSocket socket, ClientMessage.Resume request) {
        execute(() -> presence.resume(socket, request));
    }

    /**
     * Handles a message of an established connection.
     *
     * @param from the connection
     * @param outbox of the socket over which it came; ignored if that is no longer the connection's
     * @param message the message
     */
    public void receive(ClientConnection from, Outbox outbox, ClientMessage message) {
        execute(() -> {
            if (isCurrent(from, outbox)) {
                from.confirmKey();
                doorkeeper.handle(from, message);
            }
        });
    }

    /**
     * Changes the rules of this session, for as long as anybody is in it.
     *
     * @param policy the new rules
     * @return completed when they hold
     */
    public CompletableFuture<Void> policy(SessionPolicy policy) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        execute(result, () -> {
            apply(policy);
            result.complete(null);
        });
        return result;
    }

    private void apply(SessionPolicy policy) {
        engine.closeWithLastModerator(policy.closesWithLastModerator());
        idle.limit(policy.idleMillis());
    }

    boolean replayDisconnect(ClientSocket socket, ClientMessage.Resume request) {
        return registry.replayDisconnect(socket, request);
    }

    /**
     * Reports that a socket was lost.
     *
     * @param connection whose it was
     * @param outbox of the socket; ignored if that is no longer the connection's
     * @param detail how
     */
    public void lost(ClientConnection connection, Outbox outbox, DisconnectDetail detail) {
        execute(() -> {
            if (isCurrent(connection, outbox) && !registry.isDraining()) {
                presence.lose(connection, detail);
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
        execute(() -> {
            if (isCurrent(connection, outbox)) {
                engine.commit(new Command.Leave(connection.id(), reason, detail, null));
            }
        });
    }

    /**
     * Carries out a command of the backend. Refused if nobody is in the session.
     *
     * @param command the command
     * @return empty if it was carried out, or why not
     */
    public CompletableFuture<Optional<Decision.Rejected>> command(Command command) {
        CompletableFuture<Optional<Decision.Rejected>> result = new CompletableFuture<>();
        execute(result, () -> {
            Decision.Rejected rejected =
                    engine.state.connectionCount() == 0 ? Decision.Rejected.nobodyIn() : engine.commit(command);
            result.complete(Optional.ofNullable(rejected));
        });
        return result;
    }

    /**
     * Returns who and what is there.
     *
     * @return as it is when the session's loop comes to it
     */
    public CompletableFuture<SessionSnapshot> snapshot() {
        CompletableFuture<SessionSnapshot> result = new CompletableFuture<>();
        execute(
                result,
                () -> result.complete(new SessionSnapshot(openedAt, engine.state.roster(), engine.state.lost())));
        return result;
    }

    /**
     * Removes and bans whoever came with a token.
     *
     * @param fingerprint of the token
     * @param message for their users, or null
     * @return how many were removed
     */
    public CompletableFuture<Integer> removeHolders(String fingerprint, @Nullable String message) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        execute(result, () -> {
            List<ConnectionId> holders = engine.connections.all().stream()
                    .filter(connection -> connection.pass().fingerprint().equals(fingerprint))
                    .map(ClientConnection::id)
                    .toList();
            holders.forEach(holder -> engine.commit(new Command.ForceDisconnect(null, holder, message, true)));
            result.complete(holders.size());
        });
        return result;
    }

    private boolean isCurrent(ClientConnection connection, Outbox outbox) {
        return engine.connections.holds(connection) && connection.outbox() == outbox;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // run() reports what goes wrong
    void schedule(Runnable task, long nanos) {
        timer(task, nanos);
    }

    Future<?> timer(Runnable task, long nanos) {
        return loop.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
    }

    void execute(Runnable task) {
        try {
            loop.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=taskDiscarded session={} cause=shutdown", engine.id);
        }
    }

    private void execute(CompletableFuture<?> result, Runnable task) {
        try {
            loop.execute(() -> {
                run(task);
                if (!result.isDone()) {
                    result.completeExceptionally(new IllegalStateException("the session failed; the log says how"));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("event=sessionFailed session={}", engine.id, e);
        }
        endIfEmpty();
    }

    private void endIfEmpty() {
        if (ended || !engine.connections.all().isEmpty()) {
            return;
        }
        if (!engine.isEmpty()) {
            scheduleBanCheck();
        } else if (registry.removeUnlessRetained(this)) {
            ended = true;
            engine.context.memory().remove(history);
            engine.context.metrics().sessions(-1);
            LOG.info("event=sessionClosed session={} events={}", engine.id, engine.state.sequence());
        }
    }

    private void scheduleBanCheck() {
        if (!banCheckScheduled) {
            banCheckScheduled = true;
            schedule(() -> banCheckScheduled = false, BAN_CHECK_NANOS);
        }
    }
}
