package dev.videosession.server;

import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.Timings;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.ice.IceConfiguration;
import dev.videosession.server.limit.ServerLimits;
import dev.videosession.server.limit.SocketGate;
import dev.videosession.server.metrics.ServerMetrics;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.session.SessionContext;
import dev.videosession.server.session.SessionRegistry;
import dev.videosession.server.socket.SocketContext;
import dev.videosession.server.socket.SocketPipeline;
import dev.videosession.server.token.TokenVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Describes a {@link SignalingServer}. Not thread-safe. Each method returns this. */
public final class SignalingServerBuilder {
    private static final Timings DEFAULT_TIMINGS = new Timings(3000, 8000, 12_000);
    private static final int MAX_PORT = 65_535;

    private final Projects projects = new Projects();
    private String host = "127.0.0.1";
    private int port;
    private int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private Timings timings = DEFAULT_TIMINGS;
    private long handshakeMillis = 10_000;
    private ServerLimits limits = ServerLimits.builder().build();
    private IceConfiguration ice = IceConfiguration.NONE;
    private Clock clock = Clock.systemUTC();
    private @Nullable ServerTls tls;
    private @Nullable MeterRegistry meters;
    private @Nullable Function<SessionControl, HttpRoutes> furtherRoutes;

    SignalingServerBuilder() {}

    /**
     * Sets the address to listen on; the loopback address unless set. Use {@code 0.0.0.0} to be reached from outside,
     * and then TLS.
     *
     * @param newHost name or address
     * @return this
     */
    public SignalingServerBuilder host(String newHost) {
        if (newHost.isBlank()) {
            throw new IllegalArgumentException("host is empty");
        }
        host = newHost;
        return this;
    }

    /**
     * Sets the port to listen on; any free one unless set.
     *
     * @param newPort 1 to 65535, or 0 for any free one
     * @return this
     */
    public SignalingServerBuilder port(int newPort) {
        if (newPort < 0 || newPort > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 0 to 65535, was " + newPort);
        }
        port = newPort;
        return this;
    }

    /**
     * Sets how many threads serve sockets and sessions; as many as there are processors, at least 2, unless set.
     *
     * @param newThreads at least 1
     * @return this
     */
    public SignalingServerBuilder threads(int newThreads) {
        if (newThreads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + newThreads);
        }
        threads = newThreads;
        return this;
    }

    /**
     * Adds a project.
     *
     * @param project whose tokens are accepted
     * @return this
     */
    public SignalingServerBuilder project(Project project) {
        projects.put(project);
        return this;
    }

    /**
     * Adds a project with one secret.
     *
     * @param apiKey its key
     * @param secret its secret, at least {@value Project#MIN_SECRET_LENGTH} bytes
     * @return this
     */
    public SignalingServerBuilder project(int apiKey, String secret) {
        return project(new Project(apiKey, secret));
    }

    /**
     * Encrypts with TLS 1.2 or 1.3.
     *
     * @param certificateChain PEM file, the server's own certificate first
     * @param privateKey PEM file, PKCS#8, without password
     * @return this
     */
    public SignalingServerBuilder tls(Path certificateChain, Path privateKey) {
        tls = new ServerTls(certificateChain, privateKey);
        return this;
    }

    /**
     * Sets how long each side waits: heartbeat 3 s, silence 8 s, resume window 12 s unless set.
     *
     * @param newTimings in milliseconds
     * @return this
     */
    public SignalingServerBuilder timings(Timings newTimings) {
        timings = newTimings;
        return this;
    }

    /**
     * Sets how long a socket may take until it is a client with a valid token, or an HTTP request is complete; 10 s
     * unless set.
     *
     * @param millis at least 10
     * @return this
     */
    public SignalingServerBuilder handshakeTimeoutMillis(long millis) {
        if (millis < 10) {
            throw new IllegalArgumentException("handshakeTimeoutMillis must be at least 10, was " + millis);
        }
        handshakeMillis = millis;
        return this;
    }

    /**
     * Sets the bounds of the server.
     *
     * @param newLimits see {@link ServerLimits}
     * @return this
     */
    public SignalingServerBuilder limits(ServerLimits newLimits) {
        limits = newLimits;
        return this;
    }

    /**
     * Sets the STUN and TURN servers; none unless set.
     *
     * @param configuration see {@link IceConfiguration}
     * @return this
     */
    public SignalingServerBuilder ice(IceConfiguration configuration) {
        ice = configuration;
        return this;
    }

    /**
     * Sets the clock for creation times and the ends of tokens.
     *
     * @param newClock the clock
     * @return this
     */
    public SignalingServerBuilder clock(Clock newClock) {
        clock = newClock;
        return this;
    }

    /**
     * Sets where meters are registered. {@code /metrics} is there only if this is a Prometheus registry or not set.
     *
     * @param registry the registry, not closed by the server
     * @return this
     */
    public SignalingServerBuilder meters(MeterRegistry registry) {
        meters = registry;
        return this;
    }

    /**
     * Adds HTTP routes.
     *
     * @param routes makes the routes, given the hold on the server's sessions
     * @return this
     */
    public SignalingServerBuilder routes(Function<SessionControl, HttpRoutes> routes) {
        furtherRoutes = routes;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that accepts clients
     * @throws IOException if the address cannot be listened on or the TLS files cannot be used; the message says which
     * @throws IllegalStateException if there is no project
     */
    public SignalingServer start() throws IOException {
        if (projects.isEmpty()) {
            throw new IllegalStateException("add at least one project: without one every token is refused");
        }
        SslContext encryption = tls == null ? null : tls.toContext();
        MeterRegistry registry = meters != null ? meters : new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ServerMetrics metrics = new ServerMetrics(registry);
        SessionContext common = new SessionContext(new MessageCodec(), limits, timings, ice, clock, metrics);
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("cannot resolve host " + host);
        }
        EventLoopGroup loops = Listener.newLoops(threads);
        try {
            SessionRegistry sessions = new SessionRegistry(common, loops);
            SessionControl control = new SessionControl(sessions);
            SocketContext sockets = new SocketContext(
                    common,
                    sessions,
                    new TokenVerifier(projects, clock),
                    new SocketGate(limits),
                    routes(metrics, registry, control),
                    handshakeMillis);
            SocketPipeline pipeline = new SocketPipeline(sockets, encryption);
            Listener listener = Listener.open(address, loops, pipeline, encryption != null);
            return new SignalingServer(listener, projects, control, registry);
        } catch (IOException | RuntimeException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
            throw e;
        }
    }

    private HttpRoutes routes(ServerMetrics metrics, MeterRegistry registry, SessionControl control) {
        PrometheusMeterRegistry prometheus = registry instanceof PrometheusMeterRegistry found ? found : null;
        HttpRoutes.Builder routes = HttpRoutes.builder().addAll(OperationRoutes.of(metrics, prometheus));
        if (furtherRoutes != null) {
            routes.addAll(furtherRoutes.apply(control));
        }
        return routes.build();
    }
}
