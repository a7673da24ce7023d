package dev.videosession.server.internal.start;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.control.LocalSessionControl;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.engine.NodeDirectory;
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
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.socket.SocketContext;
import dev.videosession.server.internal.socket.SocketPipeline;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Assembles the parts of a server and starts it. */
public final class ServerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);

    private static final long HEALTH_LIMIT_MILLIS = 2000;

    private static final long MEMORY_CHECK_MILLIS = 200;
    /** How many clients go to other nodes in a second when this one stops: half of what a node admits by default. */
    static final int MOVES_PER_SECOND = 500;

    private final ServerSettings settings;
    private final Projects projects;
    private final boolean isWarmUp;

    /**
     * Prepares a start.
     *
     * @param settings of the server
     */
    public ServerStart(ServerSettings settings) {
        this(settings, false);
    }

    /** Prepares a start. The event loops of a warm-up have another name. */
    ServerStart(ServerSettings settings, boolean isWarmUp) {
        this.settings = settings;
        this.projects = settings.credentials().projects();
        this.isWarmUp = isWarmUp;
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
        EventLoopGroup loops = EventLoops.start(settings.port().threads(), isWarmUp ? WarmUp.THREADS : "signaling");
        RouterPool routers = routers(registry);
        MessageCodec codec = new MessageCodec();
        ProjectLoad load = new ProjectLoad(settings.sessions().limits());
        NodeParts node = null;
        try {
            if (settings.cluster() != null) {
                node = NodeParts.open(settings.cluster(), settings, codec, load, registry);
            }
            return start(address, registry, webhooks, loops, files, routers, codec, load, node);
        } catch (IOException | RuntimeException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            webhooks.close();
            files.close();
            if (node != null) {
                node.close();
            }
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
            @Nullable RouterPool routers,
            MessageCodec codec,
            ProjectLoad load,
            @Nullable NodeParts node)
            throws IOException {
        ServerMetrics metrics = new ServerMetrics(registry);
        AdmissionGate admission = new AdmissionGate(
                settings.sessions().admission(), settings.sessions().admissionMillis(), metrics);
        RefusalLog refusals = new RefusalLog(settings.time());
        metrics.countOmitted(refusals::omitted);
        TokenStore store = node == null ? files.tokens() : node.cluster().tokens();
        RevokedTokens revoked = new RevokedTokens(settings.time(), store);
        TokenVerifier tokens = new TokenVerifier(
                projects, settings.time(), settings.credentials().maxTokenLifetime());
        LayoutClasses layouts = new LayoutClasses();
        SessionContext common = new SessionContext(
                codec,
                settings.sessions().limits(),
                settings.sessions().timings(),
                settings.sessions().ice(),
                settings.time(),
                metrics,
                settings.sessions().policies(),
                admission,
                new EntryRate(settings.sessions().limits(), settings.time().nanos()),
                new ServerObserver(layouts, webhooks, revoked),
                revoked,
                refusals,
                memoryBudget(loops),
                load,
                node == null
                        ? settings.sessions().logs().apply(settings.sessions().limits())
                        : node.logs(),
                routers,
                node == null ? NodeDirectory.NONE : node.cluster());
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
                new RouteTable(routes(metrics, registry, control, layouts, store, routers, whyNotReady(node))),
                settings.port().handshakeMillis());
        ServerCertificate certificate = files.certificate();
        SocketPipeline pipeline = new SocketPipeline(sockets, certificate == null ? null : certificate::context);
        AdminListener admin = openAdmin(loops, metrics, registry, refusals, routers, whyNotReady(node));
        LocalNode local = new LocalNode(sessions, pipeline, routers, MOVES_PER_SECOND);
        try {
            if (node != null) {
                node.cluster().join(local);
                webhooks.share(node.cluster().notices());
            }
            OpenPort listener = OpenPort.open(
                    address,
                    loops,
                    pipeline,
                    certificate != null,
                    settings.port().retryAfterMillis());
            if (node != null) {
                warmUp(node, local);
                node.cluster().listening(listener.address(), certificate != null);
            }
            return new RunningServer(
                    listener, admin, projects, control, registry, admission, webhooks, files, routers, node);
        } catch (IOException | RuntimeException e) {
            if (admin != null) {
                admin.close();
            }
            throw e;
        }
    }

    /** Meanwhile {@code /health} says that the node is starting, and other nodes send it no clients. */
    private void warmUp(NodeParts node, LocalNode local) throws IOException {
        if (node.warmUpClients() > 0) {
            new WarmUp(settings.time(), node.logs())
                    .run(node.warmUpClients())
                    .ifPresent(left -> local.ownerDied(left, node.logs().epoch()));
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

    private static Supplier<@Nullable String> whyNotReady(@Nullable NodeParts node) {
        return node == null ? () -> null : node.cluster()::whyNotReady;
    }

    private @Nullable AdminListener openAdmin(
            EventLoopGroup loops,
            ServerMetrics metrics,
            MeterRegistry registry,
            RefusalLog refusals,
            @Nullable RouterPool routers,
            Supplier<@Nullable String> whyNotReady)
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
        HttpRoutes routes =
                OperationRoutes.of(metrics, () -> isUp(loops, loop), routers, whyNotReady, prometheus(registry));
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
            @Nullable RouterPool routers,
            Supplier<@Nullable String> whyNotReady) {
        PrometheusMeterRegistry shown = settings.admin() != null ? null : prometheus(registry);
        HttpRoutes.Builder routes = HttpRoutes.builder()
                .addAll(OperationRoutes.of(
                        metrics, () -> CompletableFuture.completedFuture(true), routers, whyNotReady, shown))
                .addAll(OpenTokRest.routes(
                        projects, control, layouts, settings.backend().restRate(), settings.time(), store, registry));
        if (settings.backend().routes() != null) {
            routes.addAll(settings.backend().routes().apply(control));
        }
        return routes.build();
    }
}
