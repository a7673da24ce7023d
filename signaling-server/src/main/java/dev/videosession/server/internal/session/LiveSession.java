package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.effect.EffectInterpreter;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.effect.MessageEncoder;
import dev.videosession.server.internal.effect.RosterCache;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.link.LinkContext;
import dev.videosession.server.internal.link.LinkTopology;
import dev.videosession.server.internal.link.routed.LinkRouting;
import dev.videosession.server.internal.link.routed.RoutedTopology;
import dev.videosession.server.internal.link.routed.RouterLease;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.HeldMemory;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.presence.IceServerRenewal;
import dev.videosession.server.internal.presence.IdleWatch;
import dev.videosession.server.internal.presence.JoinHandler;
import dev.videosession.server.internal.presence.LinkReconciler;
import dev.videosession.server.internal.presence.Orphans;
import dev.videosession.server.internal.presence.Presence;
import dev.videosession.server.internal.presence.ResumeHandler;
import dev.videosession.server.internal.presence.Welcome;
import dev.videosession.server.internal.request.AdmissionQueue;
import dev.videosession.server.internal.request.RequestContext;
import dev.videosession.server.internal.request.RequestHandler;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.RosterBounds;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.SessionPolicy;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session at work. Every method may be called on any thread and only puts a task into the queue of the session's event
 * loop, where the tasks run one after the other.
 */
public final class LiveSession {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);
    private static final ChangedStreams CHANGED_STREAMS = new ChangedStreams();
    private static final long BAN_CHECK_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long EMPTY_COPY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNUSED_COPY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SessionId id;
    private final SessionContext context;
    private final SessionRegistry registry;
    private final AtomicInteger retained = new AtomicInteger();
    private final SessionExecutor loop;
    private final LoggedState state = new LoggedState();
    private final RosterCache rosters;
    private final @Nullable SharedRouterLease routerLease;
    private final LinkBroker links;
    private final IdleWatch idle;
    private final IceServerRenewal iceServers;
    private final LocalConnections connections;
    private final EffectInterpreter effects;
    private final SessionEngine engine;
    private final Presence presence;
    private final JoinHandler joins;
    private final ResumeHandler resumes;
    private final Orphans orphans;
    private final LinkReconciler reconciler;
    private final AdmissionQueue requests;
    private final HeldMemory history;
    private volatile long usedAtNanos;
    private int streams;
    private boolean ended;
    private boolean banCheckScheduled;
    private boolean idleCheckScheduled;

    LiveSession(
            SessionId id,
            SessionContext context,
            EventLoop eventLoop,
            SessionRegistry registry,
            DisconnectTombstones tombstones) {
        this.id = id;
        this.context = context;
        this.registry = registry;
        this.loop = new SessionExecutor(id, eventLoop, this::endIfEmpty);
        this.rosters = new RosterCache(context.codec(), state);
        this.idle = new IdleWatch(state, loop, context.time());
        ProjectLoad.Share project = context.projects().of(projectOf(id));
        Deliveries deliveries = new Deliveries(context.metrics(), context.time());
        MessageEncoder encoder = new MessageEncoder(context.codec());
        this.connections = new LocalConnections(encoder, deliveries, context.memory(), idle::subscriptionsChanged);
        this.iceServers = new IceServerRenewal(context.ice(), loop, context.time(), connections);
        this.routerLease = context.logs().isShared() ? new SharedRouterLease(id, state, loop, context.nodes()) : null;
        this.links = new LinkBroker(
                new LinkContext(id, context.limits(), context.metrics(), context.time()), connections, topology());
        this.effects = new EffectInterpreter(
                id,
                encoder,
                context.metrics(),
                connections,
                links,
                deliveries,
                project,
                tombstones,
                context.logs().isShared());
        this.engine = new SessionEngine(
                id,
                state,
                rules(false),
                context.metrics(),
                context.observer(),
                context.logs(),
                loop,
                this::follow,
                effects::run);
        encoder.use(engine.log().encoded());
        this.presence = new Presence(
                id,
                engine,
                loop,
                connections,
                deliveries,
                context.time(),
                context.nodes(),
                context.timings().resumeWindowMillis());
        Welcome welcome = new Welcome(
                context.codec(), deliveries, rosters, iceServers, context.timings(), links.isRouted(), context.nodes());
        this.orphans = new Orphans(
                engine, loop, connections, context.nodes(), context.timings().resumeWindowMillis());
        this.joins = new JoinHandler(id, context, engine, connections, deliveries, welcome, project);
        this.reconciler = new LinkReconciler(engine, loop, state, connections, links);
        this.resumes = new ResumeHandler(
                id,
                context,
                engine,
                connections,
                links,
                deliveries,
                welcome,
                presence,
                tombstones,
                state,
                project,
                orphans,
                reconciler);
        RequestContext parts = new RequestContext(engine, state, connections, links, presence);
        RequestHandler handler = new RequestHandler(parts, context.time(), context.metrics());
        this.requests = new AdmissionQueue(id, parts, handler, context.admission(), loop);
        this.history = new HeldMemory(engine::heldBytes, () -> loop.execute(engine::shorten));
        context.memory().add(history);
        if (routerLease != null) {
            routerLease.use(engine, links);
            connections.sendElsewhere(engine.log()::send);
            engine.follow(new OtherServers(
                    engine,
                    state,
                    connections,
                    links,
                    links.isRouted() ? routerLease : null,
                    effects,
                    orphans,
                    reconciler,
                    this::diverged));
        }
        use();
        loop.execute(() -> apply(context.policies().apply(id)));
        context.metrics().sessions(1);
        LOG.info("event=sessionOpened session={}", id);
    }

    /** Links of a relayed session go from client to client, those of a routed one too if the server has no router. */
    private LinkTopology.Factory topology() {
        boolean relayed = SessionIds.read(id).map(SessionIds.Parts::relayed).orElse(true);
        RouterPool routers = context.routers();
        return relayed || routers == null
                ? LinkTopology.RELAYED
                : RoutedTopology.through(new LinkRouting(
                        routers,
                        routers.shares().of(projectOf(id)),
                        loop,
                        this::later,
                        Ids::link,
                        routerLease == null ? RouterLease.ALONE : routerLease));
    }

    private static String projectOf(SessionId id) {
        return SessionIds.read(id).map(parts -> parts.project().value()).orElse("");
    }

    private void later(Runnable task, long nanos) {
        var unused = loop.schedule(task, nanos);
    }

    private SessionRules rules(boolean closesWithLastModerator) {
        return new SessionRules(
                context.limits().connectionsPerSession(),
                context.limits().streamsPerConnection(),
                new RosterBounds(
                        context.limits().connectionsPerToken(),
                        context.limits().rosterBytesPerConnection(),
                        context.limits().rosterBytesPerSession()),
                closesWithLastModerator);
    }

    private void follow(LoggedEvent event) {
        rosters.follow(event);
        idle.follow(event);
        iceServers.follow(event);
        if (routerLease != null && state.connectionCount() == 0) {
            links.router().release(); // the log forgets the lease with the last connection
        }
        List<StreamId> changed = links.isRouted() ? event.accept(CHANGED_STREAMS) : List.of();
        if (!changed.isEmpty()) {
            loop.execute(() -> changed.forEach(this::followStream)); // when clients know of it
        }
        int now = state.streams().size();
        if (now != streams) {
            context.metrics().streams(now - streams);
            streams = now;
        }
    }

    private void followStream(StreamId streamId) {
        StreamInfo stream = state.stream(streamId);
        if (stream != null) {
            links.streamChanged(stream);
        }
    }

    /** {@return the id} */
    public SessionId id() {
        return id;
    }

    void retain() {
        retained.incrementAndGet();
    }

    boolean isRetained() {
        return retained.get() > 0;
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
            retained.decrementAndGet();
            joins.join(entering, socket.outbox(), request, () -> socket.established(this, entering));
        });
    }

    /**
     * Gives a connection a new socket, or refuses and closes the socket.
     *
     * @param socket the new socket
     * @param request what came over it
     */
    public void resume(ClientSocket socket, ClientMessage.Resume request) {
        loop.execute(() -> resumes.resume(
                request, socket.outbox(), socket.address(), connection -> socket.established(this, connection)));
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
                requests.handle(from, message);
            }
        });
    }

    /**
     * Changes the rules of this session until its last connection has ended.
     *
     * @param policy the new rules
     * @return completed when they apply
     */
    public CompletableFuture<Void> policy(SessionPolicy policy) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        loop.execute(result, () -> {
            apply(policy);
            result.complete(null);
        });
        return result;
    }

    private void apply(SessionPolicy policy) {
        engine.use(rules(policy.closesWithLastModerator()));
        idle.limit(policy.idleMillis(), this::evict);
    }

    private void evict(ConnectionId idleConnection) {
        ClientConnection connection = connections.find(idleConnection);
        if (connection != null) {
            presence.end(
                    connection,
                    DisconnectReason.FORCE_DISCONNECTED,
                    DisconnectDetail.IDLE,
                    "neither published nor subscribed for too long",
                    () -> idle.isIdle(idleConnection));
        }
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
        loop.execute(() -> {
            if (isCurrent(connection, outbox)) {
                presence.end(connection, reason, detail, null, () -> connection.outbox() == outbox);
            }
        });
    }

    /**
     * Carries out a command of the backend. Refused if the session has no connections.
     *
     * @param command the command
     * @return empty if it was carried out, or why not
     */
    public CompletableFuture<Optional<Decision.Rejected>> command(Command command) {
        CompletableFuture<Optional<Decision.Rejected>> result = new CompletableFuture<>();
        loop.execute(result, () -> submit(command, result));
        return result;
    }

    private void submit(Command command, CompletableFuture<Optional<Decision.Rejected>> result) {
        if (!engine.offer(new BackendOperation(engine, command, result))) {
            result.complete(Optional.of(
                    new Decision.Rejected(ErrorCode.RATE_LIMIT_EXCEEDED, "The session is too busy. Try again later.")));
        }
    }

    /**
     * Returns the session's connections and streams.
     *
     * @return the state when the session's loop runs the task
     */
    public CompletableFuture<SessionSnapshot> snapshot() {
        CompletableFuture<SessionSnapshot> result = new CompletableFuture<>();
        loop.execute(
                result,
                () -> engine.log()
                        .sync(() ->
                                result.complete(new SessionSnapshot(state.openedAt(), state.roster(), state.lost()))));
        return result;
    }

    /**
     * Removes and bans the connections that joined with a token.
     *
     * @param fingerprint of the token
     * @param message for their users, or null
     * @return how many were removed
     */
    public CompletableFuture<Integer> removeHolders(String fingerprint, @Nullable String message) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        loop.execute(result, () -> {
            engine.log().sync(() -> {
                List<CompletableFuture<Optional<Decision.Rejected>>> removals = state.holders(fingerprint).stream()
                        .map(holder -> remove(holder, message))
                        .toList();
                CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new))
                        .whenComplete((done, failure) -> result.complete(removals.size()));
            });
        });
        return result;
    }

    /**
     * Ends the connections of a server that is dead, after the resume window, unless their clients resume.
     *
     * @param epoch the number under which it owned them
     */
    public void ownerDied(long epoch) {
        loop.execute(() -> {
            orphans.loseConnectionsOf(epoch);
            if (routerLease != null && links.isRouted()) {
                routerLease.ownerDied(epoch);
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
            if (routerLease == null || !links.isRouted()) {
                result.complete(null);
            } else {
                routerLease.handOver(() -> result.complete(null));
            }
        });
        return result;
    }

    /** {@return whether the router of this server still forwards what that of another one will} May be called on any thread. */
    boolean isPassingRouterOn() {
        return links.router().isPassingOn();
    }

    /** Closes this server's copy of the session, and its sockets with a code after which clients resume at any server. */
    void abandon() {
        loop.execute(() -> {
            if (ended) {
                return;
            }
            ended = true;
            registry.forget(this);
            engine.abandon();
            for (ClientConnection connection : List.copyOf(connections.all())) {
                effects.abandon(connection.id());
            }
            links.router().release();
            close();
            LOG.info("event=sessionAbandoned session={} sequence={}", id, state.sequence());
        });
    }

    private void close() {
        context.memory().remove(history);
        context.metrics().sessions(-1);
        context.metrics().streams(-streams);
    }

    /** The session is used: this server keeps its copy for a while. */
    void use() {
        usedAtNanos = context.time().nanos();
    }

    /** The log may say that this server owns connections whose clients do not return: a new copy follows that. */
    private void diverged() {
        abandon();
        var unused = loop.schedule(() -> registry.find(id), REOPEN_NANOS);
    }

    private CompletableFuture<Optional<Decision.Rejected>> remove(ConnectionId holder, @Nullable String message) {
        CompletableFuture<Optional<Decision.Rejected>> result = new CompletableFuture<>();
        submit(new Command.ForceDisconnect(null, holder, message, true), result);
        return result;
    }

    private boolean isCurrent(ClientConnection connection, Outbox outbox) {
        return connections.holds(connection) && connection.outbox() == outbox;
    }

    void closeLog() {
        engine.close();
    }

    /** A session has ended when the log says that it is empty, and nothing is under way that could change that. */
    private void endIfEmpty() {
        if (ended || !engine.isIdle()) {
            return;
        }
        if (engine.isShared()) {
            closeIfUnused();
            return;
        }
        if (state.connectionCount() > 0) {
            return;
        }
        if (state.hasBansAt(context.time().instant().getEpochSecond())) {
            scheduleBanCheck();
        } else if (registry.removeUnlessRetained(this)) {
            ended = true;
            close();
            LOG.info("event=sessionClosed session={} events={}", id, state.sequence());
        }
    }

    /** A log that other servers read keeps the session: this server's copy is needed for its connections, and for a while besides. */
    private void closeIfUnused() {
        boolean driven = links.router().isDriving() && state.connectionCount() > 0;
        if (!connections.all().isEmpty()
                || orphans.isWatching()
                || driven
                || links.router().isPassingOn()) {
            return;
        }
        long keep = state.connectionCount() == 0 ? EMPTY_COPY_NANOS : UNUSED_COPY_NANOS;
        long left = usedAtNanos + keep - context.time().nanos();
        if (left > 0) {
            if (!idleCheckScheduled) {
                idleCheckScheduled = true;
                var unused = loop.schedule(() -> idleCheckScheduled = false, left);
            }
        } else if (registry.removeUnlessRetained(this)) {
            ended = true;
            close();
            LOG.info("event=sessionClosed session={} events={}", id, state.sequence());
        }
    }

    /** {@return whether the session was used a moment ago, so that its copy must stay} May be called on any thread. */
    boolean isInUse() {
        return engine.isShared() && context.time().nanos() - usedAtNanos < EMPTY_COPY_NANOS;
    }

    private void scheduleBanCheck() {
        if (!banCheckScheduled) {
            banCheckScheduled = true;
            var unused = loop.schedule(() -> banCheckScheduled = false, BAN_CHECK_NANOS);
        }
    }
}
