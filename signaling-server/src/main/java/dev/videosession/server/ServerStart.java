package dev.videosession.server;

import dev.videosession.protocol.MessageCodec;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.admission.AdmissionDesk;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.rest.LayoutClasses;
import dev.videosession.server.internal.rest.OpenTokRest;
import dev.videosession.server.internal.session.SessionContext;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.socket.SocketContext;
import dev.videosession.server.internal.socket.SocketPipeline;
import dev.videosession.server.internal.state.SessionEvent;
import dev.videosession.server.internal.tls.ServerCertificate;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.token.TokenVerifier;
import dev.videosession.server.internal.webhook.Webhooks;
import dev.videosession.server.metrics.MetricHelp;
import dev.videosession.server.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a server together. */
final class ServerStart {
    private static final long HEALTH_LIMIT_MILLIS = 2000;

    private static final long MEMORY_CHECK_MILLIS = 200;

    private final SignalingServerBuilder settings;
    private final Projects projects;

    ServerStart(SignalingServerBuilder settings) {
        this.settings = settings;
        this.projects = settings.projects;
    }

    SignalingServer start() throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host, settings.port);
        if (address.isUnresolved()) {
            throw new IOException("cannot resolve host " + settings.host);
        }
        MeterRegistry registry = settings.meters != null ? settings.meters : newRegistry();
        ServerFiles files = ServerFiles.open(settings, registry);
        if (projects.isEmpty()) {
            files.close();
            throw new IllegalStateException("add at least one project: without one every token is refused");
        }
        Webhooks webhooks = new Webhooks(projects, settings.webhookSettings, settings.clock, registry);
        EventLoopGroup loops = EventLoops.start(settings.threads, "signaling");
        try {
            return start(address, registry, webhooks, loops, files);
        } catch (IOException | RuntimeException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            webhooks.close();
            files.close();
            throw e;
        }
    }

    private SignalingServer start(
            InetSocketAddress address,
            MeterRegistry registry,
            Webhooks webhooks,
            EventLoopGroup loops,
            ServerFiles files)
            throws IOException {
        ServerMetrics metrics = new ServerMetrics(registry);
        AdmissionDesk desk = new AdmissionDesk(settings.admission, settings.admissionMillis, metrics);
        RefusalLog refusals = new RefusalLog(settings.nanoClock);
        metrics.countOmitted(refusals::omitted);
        RevokedTokens revoked = new RevokedTokens(settings.clock, files.tokens());
        TokenVerifier tokens = new TokenVerifier(projects, settings.clock, settings.maxTokenLifetime);
        LayoutClasses layouts = new LayoutClasses();
        SessionContext common = new SessionContext(
                new MessageCodec(),
                settings.limits,
                settings.timings,
                settings.ice,
                settings.clock,
                settings.nanoClock,
                metrics,
                settings.policies,
                desk,
                new EntryRate(settings.limits, settings.nanoClock.getAsLong()),
                (session, before, event) -> {
                    layouts.onEvent(session, before, event);
                    webhooks.onEvent(session, before, event);
                    keepBan(revoked, event);
                },
                revoked,
                refusals,
                memoryBudget(loops),
                new ProjectLoad(settings.limits));
        SessionRegistry sessions = new SessionRegistry(common, loops);
        SessionControl control = new SessionControl(sessions, revoked);
        SocketContext sockets = new SocketContext(
                common,
                sessions,
                tokens,
                new SocketGate(settings.limits, DescriptorLimit.fit(settings.limits.sockets())),
                new TrustedProxies(settings.trustedProxies),
                new RouteTable(routes(metrics, registry, tokens, control, layouts, files.tokens())),
                settings.handshakeMillis);
        ServerCertificate certificate = files.certificate();
        SocketPipeline pipeline = new SocketPipeline(sockets, certificate == null ? null : certificate::context);
        AdminListener admin = openAdmin(loops, metrics, registry, refusals);
        try {
            Listener listener = Listener.open(address, loops, pipeline, certificate != null, settings.retryAfterMillis);
            return new SignalingServer(listener, admin, projects, control, registry, desk, webhooks, files);
        } catch (IOException | RuntimeException e) {
            if (admin != null) {
                admin.close();
            }
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the journal logs what it cannot keep
    private static void keepBan(RevokedTokens revoked, SessionEvent event) {
        if (event instanceof SessionEvent.ConnectionDestroyed gone && gone.banned() != null) {
            revoked.keepBanned(gone.banned().fingerprint(), gone.banned().expiresAtSeconds());
        }
    }

    private @Nullable AdminListener openAdmin(
            EventLoopGroup loops, ServerMetrics metrics, MeterRegistry registry, RefusalLog refusals)
            throws IOException {
        if (!hasAdminPort()) {
            return null;
        }
        InetSocketAddress address = new InetSocketAddress(settings.adminHost, settings.adminPort);
        if (address.isUnresolved()) {
            throw new IOException("cannot resolve the admin host " + settings.adminHost);
        }
        EventLoopGroup loop = AdminListener.newLoop();
        HttpRoutes routes = OperationRoutes.of(metrics, () -> isUp(loops, loop), prometheus(registry));
        return AdminListener.open(address, loop, routes, refusals);
    }

    private static CompletionStage<Boolean> isUp(EventLoopGroup loops, EventLoopGroup timer) {
        CompletableFuture<Boolean> up = EventLoops.turn(loops).handle((turned, failure) -> failure == null);
        ScheduledFuture<?> limit = timer.schedule(() -> up.complete(false), HEALTH_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        return up.whenComplete((answer, failure) -> limit.cancel(false));
    }

    private boolean hasAdminPort() {
        return settings.adminPort != SignalingServerBuilder.NO_PORT;
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
                Runtime.getRuntime().maxMemory() / 100 * settings.limits.memoryPercent(),
                ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric()::usedDirectMemory);
        loops.next()
                .scheduleWithFixedDelay(memory::check, MEMORY_CHECK_MILLIS, MEMORY_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        return memory;
    }

    /** On the port of clients a handler that runs shows that its event loop turns. */
    private HttpRoutes routes(
            ServerMetrics metrics,
            MeterRegistry registry,
            TokenVerifier tokens,
            SessionControl control,
            LayoutClasses layouts,
            TokenStore store) {
        PrometheusMeterRegistry shown = hasAdminPort() ? null : prometheus(registry);
        HttpRoutes.Builder routes = HttpRoutes.builder()
                .addAll(OperationRoutes.of(metrics, () -> CompletableFuture.completedFuture(true), shown))
                .addAll(OpenTokRest.routes(
                        projects, tokens, control, layouts, settings.restRate, settings.clock, store, registry));
        if (settings.furtherRoutes != null) {
            routes.addAll(settings.furtherRoutes.apply(control));
        }
        return routes.build();
    }
}
