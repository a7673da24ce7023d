package dev.videosession.server.internal.start;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.control.LocalSessionControl;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.rest.LayoutClasses;
import dev.videosession.server.internal.rest.OpenTokRest;
import dev.videosession.server.internal.router.MediaRouter;
import dev.videosession.server.internal.router.RouterMetrics;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.router.janus.JanusRouter;
import dev.videosession.server.internal.router.janus.JanusTimings;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.socket.SocketContext;
import dev.videosession.server.internal.socket.SocketPipeline;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.tls.ServerCertificate;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.token.TokenVerifier;
import dev.videosession.server.internal.webhook.Webhooks;
import dev.videosession.server.metrics.MetricHelp;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of a server together. */
public final class ServerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);

    private static final long HEALTH_LIMIT_MILLIS = 2000;

    private static final long MEMORY_CHECK_MILLIS = 200;

    private final ServerSettings settings;
    private final Projects projects;

    /**
     * Prepares a start.
     *
     * @param settings of the server
     */
    public ServerStart(ServerSettings settings) {
        this.settings = settings;
        this.projects = settings.credentials().projects();
    }

    /**
     * Starts the server.
     *
     * @return a server that accepts clients
     * @throws IOException if the address cannot be listened on, or the projects file or the TLS files cannot be used; the
     *     message says which
     * @throws IllegalStateException if there is no project
     */
    public RunningServer start() throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(settings.port().host(), settings.port().number());
        if (address.isUnresolved()) {
            throw new IOException("cannot resolve host " + settings.port().host());
        }
        MeterRegistry registry = settings.meters() != null ? settings.meters() : newRegistry();
        ServerFiles files = ServerFiles.open(settings, registry);
        if (projects.isEmpty()) {
            files.close();
            throw new IllegalStateException("add at least one project: without one every token is refused");
        }
        Webhooks webhooks = new Webhooks(projects, settings.backend().webhooks(), settings.time(), registry);
        EventLoopGroup loops = EventLoops.start(settings.port().threads(), "signaling");
        RouterPool routers = routers(registry);
        try {
            return start(address, registry, webhooks, loops, files, routers);
        } catch (IOException | RuntimeException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            webhooks.close();
            files.close();
            if (routers != null) {
                routers.close();
            }
            throw e;
        }
    }

    private RunningServer start(
            InetSocketAddress address,
            MeterRegistry registry,
            Webhooks webhooks,
            EventLoopGroup loops,
            ServerFiles files,
            @Nullable RouterPool routers)
            throws IOException {
        ServerMetrics metrics = new ServerMetrics(registry);
        AdmissionGate admission = new AdmissionGate(
                settings.sessions().admission(), settings.sessions().admissionMillis(), metrics);
        RefusalLog refusals = new RefusalLog(settings.time());
        metrics.countOmitted(refusals::omitted);
        RevokedTokens revoked = new RevokedTokens(settings.time(), files.tokens());
        TokenVerifier tokens = new TokenVerifier(
                projects, settings.time(), settings.credentials().maxTokenLifetime());
        LayoutClasses layouts = new LayoutClasses();
        SessionContext common = new SessionContext(
                new MessageCodec(),
                settings.sessions().limits(),
                settings.sessions().timings(),
                settings.sessions().ice(),
                settings.time(),
                metrics,
                settings.sessions().policies(),
                admission,
                new EntryRate(settings.sessions().limits(), settings.time().nanos()),
                (session, before, event) -> {
                    layouts.onEvent(session, before, event);
                    webhooks.onEvent(session, before, event);
                    keepBan(revoked, event);
                },
                revoked,
                refusals,
                memoryBudget(loops),
                new ProjectLoad(settings.sessions().limits()),
                settings.sessions().logs().apply(settings.sessions().limits()),
                routers);
        SessionRegistry sessions = new SessionRegistry(common, loops);
        SessionControl control = new LocalSessionControl(sessions, revoked, tokens);
        SocketContext sockets = new SocketContext(
                common,
                sessions,
                tokens,
                new SocketGate(
                        settings.sessions().limits(),
                        DescriptorLimit.fit(settings.sessions().limits().sockets())),
                new TrustedProxies(settings.port().trustedProxies()),
                new RouteTable(routes(metrics, registry, control, layouts, files.tokens(), routers)),
                settings.port().handshakeMillis());
        ServerCertificate certificate = files.certificate();
        SocketPipeline pipeline = new SocketPipeline(sockets, certificate == null ? null : certificate::context);
        AdminListener admin = openAdmin(loops, metrics, registry, refusals, routers);
        try {
            OpenPort listener = OpenPort.open(
                    address,
                    loops,
                    pipeline,
                    certificate != null,
                    settings.port().retryAfterMillis());
            return new RunningServer(listener, admin, projects, control, registry, admission, webhooks, files, routers);
        } catch (IOException | RuntimeException e) {
            if (admin != null) {
                admin.close();
            }
            throw e;
        }
    }

    private @Nullable RouterPool routers(MeterRegistry registry) {
        List<MediaRouter> routers = new ArrayList<>();
        for (JanusSettings started : settings.routers().started()) {
            routers.add(
                    JanusRouter.start("janus-" + (routers.size() + 1), started, JanusTimings.DEFAULT, settings.time()));
        }
        for (JanusEndpoint running : settings.routers().running()) {
            routers.add(JanusRouter.connect(running, JanusTimings.DEFAULT, settings.time()));
        }
        if (routers.isEmpty()) {
            LOG.info("event=noRouter consequence=\"routed sessions use relayed links\"");
            return null;
        }
        RouterPool pool = new RouterPool(routers, settings.sessions().limits());
        RouterMetrics.register(pool, registry);
        return pool;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the journal logs what it cannot keep
    private static void keepBan(RevokedTokens revoked, LoggedEvent event) {
        if (event instanceof LoggedEvent.ConnectionDestroyed gone && gone.banned() != null) {
            revoked.keepBanned(gone.banned().fingerprint(), gone.banned().expiresAtSeconds());
        }
    }

    private @Nullable AdminListener openAdmin(
            EventLoopGroup loops,
            ServerMetrics metrics,
            MeterRegistry registry,
            RefusalLog refusals,
            @Nullable RouterPool routers)
            throws IOException {
        ServerSettings.AdminPort port = settings.admin();
        if (port == null) {
            return null;
        }
        InetSocketAddress address = new InetSocketAddress(port.host(), port.number());
        if (address.isUnresolved()) {
            throw new IOException("cannot resolve the admin host " + port.host());
        }
        EventLoopGroup loop = AdminListener.newLoop();
        HttpRoutes routes = OperationRoutes.of(metrics, () -> isUp(loops, loop), routers, prometheus(registry));
        return AdminListener.open(address, loop, routes, settings.time(), refusals);
    }

    private static CompletionStage<Boolean> isUp(EventLoopGroup loops, EventLoopGroup timer) {
        CompletableFuture<Boolean> up = EventLoops.turn(loops).handle((turned, failure) -> failure == null);
        ScheduledFuture<?> limit = timer.schedule(() -> up.complete(false), HEALTH_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        return up.whenComplete((answer, failure) -> limit.cancel(false));
    }

    private static MeterRegistry newRegistry() {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new MetricHelp());
        return registry;
    }

    private static @Nullable PrometheusMeterRegistry prometheus(MeterRegistry registry) {
        return registry instanceof PrometheusMeterRegistry found ? found : null;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loops
    private MemoryBudget memoryBudget(EventLoopGroup loops) {
        MemoryBudget memory = new MemoryBudget(
                Runtime.getRuntime().maxMemory()
                        / 100
                        * settings.sessions().limits().memoryPercent(),
                ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric()::usedDirectMemory);
        loops.next()
                .scheduleWithFixedDelay(memory::check, MEMORY_CHECK_MILLIS, MEMORY_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        return memory;
    }

    /** On the port of clients a handler that runs shows that its event loop turns. */
    private HttpRoutes routes(
            ServerMetrics metrics,
            MeterRegistry registry,
            SessionControl control,
            LayoutClasses layouts,
            TokenStore store,
            @Nullable RouterPool routers) {
        PrometheusMeterRegistry shown = settings.admin() != null ? null : prometheus(registry);
        HttpRoutes.Builder routes = HttpRoutes.builder()
                .addAll(OperationRoutes.of(metrics, () -> CompletableFuture.completedFuture(true), routers, shown))
                .addAll(OpenTokRest.routes(
                        projects, control, layouts, settings.backend().restRate(), settings.time(), store, registry));
        if (settings.backend().routes() != null) {
            routes.addAll(settings.backend().routes().apply(control));
        }
        return routes.build();
    }
}
