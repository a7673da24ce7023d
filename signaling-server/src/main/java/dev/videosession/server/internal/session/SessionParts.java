package dev.videosession.server.internal.session;

import dev.videosession.protocol.SessionId;
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
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.project.SessionIds;
import org.jspecify.annotations.Nullable;

/** Creates the parts of one live session and connects them to each other. All of them belong to the session's loop. */
final class SessionParts {
    final LoggedState state = new LoggedState();
    final LocalConnections connections;
    final LinkBroker links;
    final EffectInterpreter effects;
    final SessionEngine engine;
    final Presence presence;
    final JoinHandler joins;
    final ResumeHandler resumes;
    final Orphans orphans;
    final AdmissionQueue requests;
    final AppliedPolicy policy;
    final CopyLifetime lifetime;

    /** The lease of a router that several servers share, or null. */
    final @Nullable SharedRouterLease routerLease;

    private final SessionContext context;
    private final AppliedEvents events;
    private final HeldMemory history;

    /**
     * Creates the parts of a session without events, and opens its log.
     *
     * @param reopen closes this server's copy of the session and reads the log anew
     */
    SessionParts(
            SessionId id,
            SessionContext context,
            SessionExecutor loop,
            DisconnectTombstones tombstones,
            Runnable reopen) {
        this.context = context;
        boolean shared = context.logs().isShared();
        RosterCache rosters = new RosterCache(context.codec(), state);
        IdleWatch idle = new IdleWatch(state, loop, context.time());
        ProjectLoad.Share project = context.projects().of(projectOf(id));
        Deliveries deliveries = new Deliveries(context.metrics(), context.time());
        MessageEncoder encoder = new MessageEncoder(context.codec());
        this.connections = new LocalConnections(encoder, deliveries, context.memory(), idle::subscriptionsChanged);
        IceServerRenewal iceServers = new IceServerRenewal(context.ice(), loop, context.time(), connections);
        RouterPool routers = routers(id, context);
        this.routerLease = shared && routers != null ? new SharedRouterLease(id, state, loop, context.nodes()) : null;
        this.links = new LinkBroker(
                new LinkContext(id, context.limits(), context.metrics(), context.time()),
                connections,
                topology(id, routers, loop, routerLease));
        this.effects = new EffectInterpreter(
                id, encoder, context.metrics(), connections, links, deliveries, project, tombstones, shared);
        this.events = new AppliedEvents(
                loop, state, rosters, idle, iceServers, links, routerLease != null, context.metrics());
        this.engine = new SessionEngine(
                id,
                state,
                AppliedPolicy.initialRules(context.limits()),
                context.metrics(),
                context.observer(),
                context.logs(),
                loop,
                events,
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
        LinkReconciler reconciler = new LinkReconciler(engine, loop, state, connections, links);
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
        RequestContext request = new RequestContext(engine, state, connections, links, presence);
        RequestHandler handler = new RequestHandler(request, context.time(), context.metrics());
        this.requests = new AdmissionQueue(id, request, handler, context.admission(), loop);
        this.policy = new AppliedPolicy(context.limits(), engine, idle, connections, presence);
        this.lifetime = new CopyLifetime(
                loop,
                context.time(),
                state,
                engine,
                connections,
                orphans,
                links.router(),
                () -> routerLease != null && routerLease.isAsking());
        this.history = new HeldMemory(engine::heldBytes, () -> loop.execute(engine::shorten));
        context.memory().add(history);
        if (shared) {
            connections.sendElsewhere(engine.log()::send);
            engine.follow(
                    new OtherServers(engine, state, connections, links, routerLease, orphans, reconciler, reopen));
        }
        if (routerLease != null) {
            routerLease.use(engine, links.router());
        }
    }

    /** {@return the routers of a routed session, or null} Links go from client to client if the server has no router. */
    private static @Nullable RouterPool routers(SessionId id, SessionContext context) {
        boolean relayed = SessionIds.read(id).map(SessionIds.Parts::relayed).orElse(true);
        return relayed ? null : context.routers();
    }

    private static LinkTopology.Factory topology(
            SessionId id, @Nullable RouterPool routers, SessionExecutor loop, @Nullable SharedRouterLease lease) {
        if (routers == null) {
            return LinkTopology.RELAYED;
        }
        return RoutedTopology.through(new LinkRouting(
                routers,
                routers.shares().of(projectOf(id)),
                loop,
                (task, nanos) -> {
                    var unused = loop.schedule(task, nanos);
                },
                Ids::link,
                lease == null ? RouterLease.ALONE : lease));
    }

    private static String projectOf(SessionId id) {
        return SessionIds.read(id).map(parts -> parts.project().value()).orElse("");
    }

    /** The copy of the session is closed: what it held no longer counts. */
    void close() {
        context.memory().remove(history);
        events.close();
    }
}
