package dev.videosession.server.internal.start;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.log.SessionLogFactory;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an embedder chose for a server.
 *
 * @param port the port of clients
 * @param admin the port of operators, or null
 * @param sessions what applies to sessions
 * @param routers the media routers
 * @param credentials what tokens are verified with
 * @param backend the server's HTTP interface to backends
 * @param cluster this server as one of several nodes, or null
 * @param time the clocks
 * @param meters where metrics are registered, or null for a registry of the server
 */
public record ServerSettings(
        ClientPort port,
        @Nullable AdminPort admin,
        Sessions sessions,
        Routers routers,
        Credentials credentials,
        BackendSettings backend,
        @Nullable ClusterSettings cluster,
        TimeSource time,
        @Nullable MeterRegistry meters) {

    /**
     * The port of clients.
     *
     * @param host name or address to listen on
     * @param number 0 for any free one
     * @param threads of the server
     * @param tls the certificate, or null without encryption
     * @param trustedProxies proxies whose forwarded addresses are used
     * @param handshakeMillis how long a socket may take until it is a client with a valid token, or an HTTP request is
     *     complete
     * @param retryAfterMillis when clients may come back after a stop, at the earliest
     */
    public record ClientPort(
            String host,
            int number,
            int threads,
            @Nullable TlsFiles tls,
            List<AddressRange> trustedProxies,
            long handshakeMillis,
            long retryAfterMillis) {
        public ClientPort {
            trustedProxies = List.copyOf(trustedProxies);
        }
    }

    /**
     * The port of operators.
     *
     * @param host name or address to listen on
     * @param number 0 for any free one
     */
    public record AdminPort(String host, int number) {}

    /**
     * What applies to sessions.
     *
     * @param timings sent to clients
     * @param limits of the server
     * @param ice sent to clients
     * @param policies gives the policy of a session when it is opened
     * @param admission decides about clients with valid tokens, or null to allow everything
     * @param admissionMillis how long a decision may take
     * @param logs makes the factory of the sessions' logs
     */
    public record Sessions(
            Timings timings,
            ServerLimits limits,
            IceConfiguration ice,
            Function<SessionId, SessionPolicy> policies,
            @Nullable Admission admission,
            long admissionMillis,
            Function<ServerLimits, SessionLogFactory> logs) {}

    /**
     * The media routers. Without any, routed sessions use relayed links.
     *
     * @param started those that the server starts
     * @param running those that run already
     */
    public record Routers(List<JanusSettings> started, List<JanusEndpoint> running) {
        public Routers {
            started = List.copyOf(started);
            running = List.copyOf(running);
        }
    }

    /**
     * What tokens are verified with.
     *
     * @param projects the projects, which may change
     * @param projectsFile where they are read from, or null
     * @param maxTokenLifetime the longest lifetime of a client's token
     * @param dataDirectory where revoked and used tokens are kept, or null
     */
    public record Credentials(
            Projects projects,
            @Nullable Path projectsFile,
            Duration maxTokenLifetime,
            @Nullable Path dataDirectory) {}

    /**
     * The server's HTTP interface to backends.
     *
     * @param restRate how many REST calls a project may make
     * @param webhooks how events are sent
     * @param routes makes further routes, or null
     */
    public record BackendSettings(
            RestRate restRate,
            WebhookSettings webhooks,
            @Nullable Function<SessionControl, HttpRoutes> routes) {}
}
