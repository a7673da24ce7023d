package dev.videosession.server;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.text.Text;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.log.InMemorySessionLogs;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.router.janus.process.MediaInterfaces;
import dev.videosession.server.internal.router.janus.process.MediaPorts;
import dev.videosession.server.internal.start.ServerSettings;
import dev.videosession.server.internal.start.ServerStart;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.AddressRange;
import dev.videosession.server.settings.ClusterSettings;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.server.settings.RestRate;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;
import dev.videosession.server.settings.TlsFiles;
import dev.videosession.server.settings.WebhookSettings;
import dev.videosession.server.token.ClientToken;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SignalingServer}. Not thread-safe. */
public final class SignalingServerBuilder {
    /** The timings unless {@link #timings} sets others. */
    public static final Timings DEFAULT_TIMINGS = new Timings(3000, 8000, 12_000);

    private static final int MAX_PORT = 65_535;

    private final Projects projects = new Projects();
    private String host = "127.0.0.1";
    private int port;
    private int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private Timings timings = DEFAULT_TIMINGS;
    private long handshakeMillis = 10_000;
    private long retryAfterMillis = 1000;
    private ServerLimits limits = ServerLimits.builder().build();
    private IceConfiguration ice = IceConfiguration.NONE;
    private TimeSource time = TimeSource.system();
    private Function<SessionId, SessionPolicy> policies = session -> SessionPolicy.LASTING;
    private long admissionMillis = 1500;
    private Duration maxTokenLifetime = ClientToken.MAX_LIFETIME;

    private ServerSettings.@Nullable AdminPort adminPort;
    private final List<AddressRange> trustedProxies = new ArrayList<>();

    private @Nullable Admission admission;

    private @Nullable TlsFiles tls;

    private @Nullable Path dataDirectory;

    private @Nullable MeterRegistry meters;

    private @Nullable Function<SessionControl, HttpRoutes> furtherRoutes;

    private RestRate restRate = RestRate.DEFAULT;
    private WebhookSettings webhookSettings = WebhookSettings.DEFAULT;

    private @Nullable Path projectsFile;

    private final List<JanusSettings> startedRouters = new ArrayList<>();
    private final List<JanusEndpoint> runningRouters = new ArrayList<>();

    private @Nullable ClusterSettings cluster;

    private Function<ServerLimits, SessionLogFactory> logs =
            chosen -> new InMemorySessionLogs(chosen.historyEvents()).newServer();

    SignalingServerBuilder() {}

    /** Sets where the logs of sessions are kept: in memory unless set. */
    SignalingServerBuilder logs(Function<ServerLimits, SessionLogFactory> factory) {
        logs = factory;
        return this;
    }

    /**
     * Sets the address to listen on; the loopback address unless set. {@code 0.0.0.0} accepts connections from other
     * machines; use TLS with it.
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
        Text.requireRange("port", newPort, 0, MAX_PORT);
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
        Text.requireAtLeast("threads", newThreads, 1);
        threads = newThreads;
        return this;
    }

    /**
     * Adds a project.
     *
     * @param project the project
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
     * Sets the longest lifetime of a client's token; 30 days unless set. A token that lives longer is refused.
     *
     * @param lifetime at least a second, from the creation of the token to its end
     * @return this
     */
    public SignalingServerBuilder maxTokenLifetime(Duration lifetime) {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("maxTokenLifetime must be at least 1 second, was " + lifetime);
        }
        maxTokenLifetime = lifetime;
        return this;
    }

    /**
     * Encrypts with TLS 1.3, or with TLS 1.2 and a cipher suite with forward secrecy and authenticated encryption. The server reads the
     * files again when their content changes: new sockets use the new certificate, and open sockets keep the old one. If the changed files
     * cannot be used, the server logs an error and keeps the old certificate. It logs a warning if the certificate has expired, or expires
     * within {@link TlsFiles#DEFAULT_WARNING}.
     *
     * @param certificateChain PEM file, the server's own certificate first
     * @param privateKey PEM file, PKCS#8, RSA or EC, without password
     * @return this
     */
    public SignalingServerBuilder tls(Path certificateChain, Path privateKey) {
        return tls(new TlsFiles(certificateChain, privateKey, TlsFiles.DEFAULT_WARNING));
    }

    /**
     * Encrypts like {@link #tls(Path, Path)}.
     *
     * @param files the certificate, its key, and when to warn of its expiry
     * @return this
     */
    public SignalingServerBuilder tls(TlsFiles files) {
        tls = files;
        return this;
    }

    /**
     * Sets the heartbeat, the silence time and the resume window: 3 s, 8 s and 12 s unless set.
     *
     * @param newTimings in milliseconds
     * @return this
     */
    public SignalingServerBuilder timings(Timings newTimings) {
        timings = newTimings;
        return this;
    }

    /**
     * Sets the timeout for a new socket: within this time it must have sent a valid token, or a complete HTTP request; 10 s unless set.
     *
     * @param millis at least 10
     * @return this
     */
    public SignalingServerBuilder handshakeTimeoutMillis(long millis) {
        Text.requireAtLeast("handshakeTimeoutMillis", millis, 10);
        handshakeMillis = millis;
        return this;
    }

    /**
     * Sets when clients may come back after the server stops; one second unless set. The first client gets this time, the
     * next ones later times, at the rate {@link ServerLimits#entriesPerSecond}. Set it to the duration of a restart. A
     * client's resume window starts at its time.
     *
     * @param millis 0 to 30000; clients wait for at most a minute
     * @return this
     */
    public SignalingServerBuilder retryAfterMillis(long millis) {
        Text.requireRange("retryAfterMillis", millis, 0, 30_000);
        retryAfterMillis = millis;
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
     * Serves {@code /health} and {@code /metrics} on a port of their own, without TLS, on a thread of its own, so that they
     * answer under any load of the other port. {@code /metrics} is then on this port only; {@code /health} is on both.
     *
     * @param adminAddress name or address, for instance {@code 127.0.0.1}
     * @param newPort 1 to 65535, or 0 for any free one
     * @return this
     */
    public SignalingServerBuilder admin(String adminAddress, int newPort) {
        if (adminAddress.isBlank()) {
            throw new IllegalArgumentException("the admin host is empty");
        }
        Text.requireRange("the admin port", newPort, 0, MAX_PORT);
        adminPort = new ServerSettings.AdminPort(adminAddress, newPort);
        return this;
    }

    /**
     * Trusts the proxies in a range of addresses: limits and logs use the client's address from their {@code X-Forwarded-For} headers, or
     * from the PROXY protocol (version 1 or 2). From any other address both are ignored. May be called for several ranges.
     *
     * @param range where the proxies are
     * @return this
     */
    public SignalingServerBuilder trustedProxy(AddressRange range) {
        trustedProxies.add(range);
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
     * Sets the clocks of the server, for creation times, the expiry of tokens and timeouts; {@link TimeSource#system} unless
     * set. For tests.
     *
     * @param newTime the clocks
     * @return this
     */
    public SignalingServerBuilder timeSource(TimeSource newTime) {
        time = newTime;
        return this;
    }

    /**
     * Sets the rules of each session; {@link SessionPolicy#LASTING} unless set. {@link SessionControl#policy} changes the rules of a live
     * session.
     *
     * @param newPolicies called when the first client enters a session, on a thread of the server, which it must not
     *     block
     * @return this
     */
    public SignalingServerBuilder policies(Function<SessionId, SessionPolicy> newPolicies) {
        policies = newPolicies;
        return this;
    }

    /**
     * Sets a hook that decides what clients may do. Without it, only their tokens decide.
     *
     * @param hook see {@link Admission}
     * @param timeoutMillis the timeout of an answer, at least 10; 1500 is a good value
     * @return this
     */
    public SignalingServerBuilder admission(Admission hook, long timeoutMillis) {
        Text.requireAtLeast("timeoutMillis", timeoutMillis, 10);
        admission = hook;
        admissionMillis = timeoutMillis;
        return this;
    }

    /**
     * Sets the registry of the server's meters. The server has {@code /metrics} only with a Prometheus registry, or if this is not set. For
     * help texts in a registry of your own, first add the filter {@link dev.videosession.server.metrics.MetricHelp} to it.
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
     * @param routes makes the routes, given the control of the server's sessions
     * @return this
     */
    public SignalingServerBuilder routes(Function<SessionControl, HttpRoutes> routes) {
        furtherRoutes = routes;
        return this;
    }

    /**
     * Reads the projects from a file, and again whenever it changes. They replace all others. The format is that of
     * {@link java.util.Properties}, UTF-8:
     *
     * <pre>
     * project.47000001.secrets = the one that signs, one that is still accepted
     * project.47000001.webhook = https://example.org/events
     * project.47000002.application-id = 78d335fa-323d-0114-9c3d-d6f0d48968cf
     * project.47000002.public-key-files = public.pem, next.pem
     * </pre>
     *
     * Secrets and files are separated by commas; a file's path is relative to this file. A project needs secrets, an
     * application with public keys, or both; the webhook is optional. A file with any other key is refused as a whole.
     * Error messages name the file and the key, never a secret.
     *
     * @param path the file
     * @return this
     */
    public SignalingServerBuilder projectsFile(Path path) {
        projectsFile = path;
        return this;
    }

    /**
     * Sets how many REST calls a project may make; {@link RestRate#DEFAULT} unless set.
     *
     * @param rate calls above it are refused with status 429
     * @return this
     */
    public SignalingServerBuilder restRate(RestRate rate) {
        restRate = rate;
        return this;
    }

    /**
     * Sets how events are sent to the webhooks of projects; {@link WebhookSettings#DEFAULT} unless set.
     *
     * @param settings bounds and times
     * @return this
     */
    public SignalingServerBuilder webhooks(WebhookSettings settings) {
        webhookSettings = settings;
        return this;
    }

    /**
     * Sets a directory that keeps what must survive a restart: revoked tokens, the tokens of banned connections, and the ids of
     * tokens that REST calls have used. Without one, revocations and bans end with the server, and REST tokens that were
     * made before its start are refused. One server uses the directory at a time. Clients never wait for the disk.
     * A node of a {@linkplain #cluster cluster} keeps them in Redis instead, and warns that the directory is not used.
     *
     * @param path created if it is missing
     * @return this
     */
    public SignalingServerBuilder dataDirectory(Path path) {
        dataDirectory = path;
        return this;
    }

    /**
     * Runs a Janus on this machine as a media router. The server starts it, replaces it if it exits or hangs, and stops it at the end. The
     * media of routed sessions then passes through a router; without a router, it flows from client to client. With several routers, a
     * session is placed on the one with the least load and stays there.
     *
     * @param janus how to run it
     * @return this
     * @throws IllegalArgumentException if it names a network interface or address that this machine does not have, or shares
     *     media ports with another one of this server
     */
    public SignalingServerBuilder router(JanusSettings janus) {
        MediaInterfaces.requireAll(janus.interfaces());
        MediaPorts.requireApart(janus, startedRouters);
        startedRouters.add(janus);
        return this;
    }

    /**
     * Uses a running Janus as a media router, see {@link #router(JanusSettings)}. Its VideoRoom plugin must be configured with {@code
     * string_ids = true}. Several servers may use the same Janus.
     *
     * @param janus where it is
     * @return this
     */
    public SignalingServerBuilder router(JanusEndpoint janus) {
        runningRouters.add(janus);
        return this;
    }

    /**
     * Makes the server one of several nodes that share their sessions through Redis. A client may connect and resume at any node. Without
     * these settings, the server is independent and needs no Redis.
     *
     * @param settings of the node
     * @return this
     */
    public SignalingServerBuilder cluster(ClusterSettings settings) {
        cluster = settings;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return a server that accepts clients
     * @throws IOException if the address cannot be listened on, or the projects file or the TLS files cannot be used; the
     *     message says which
     * @throws IllegalStateException if there is no project
     */
    public SignalingServer start() throws IOException {
        return new SignalingServer(new ServerStart(settings()).start());
    }

    private ServerSettings settings() {
        return new ServerSettings(
                new ServerSettings.ClientPort(
                        host, port, threads, tls, trustedProxies, handshakeMillis, retryAfterMillis),
                adminPort,
                new ServerSettings.Sessions(timings, limits, ice, policies, admission, admissionMillis, logs),
                new ServerSettings.Routers(startedRouters, runningRouters),
                new ServerSettings.Credentials(projects, projectsFile, maxTokenLifetime, dataDirectory),
                new ServerSettings.BackendSettings(restRate, webhookSettings, furtherRoutes),
                cluster,
                time,
                meters);
    }
}
