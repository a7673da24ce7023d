package dev.videosession.app.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every server: where it listens, its projects, ICE servers and timings. {@link OptionValues} reads them. */
@SuppressWarnings("UnusedVariable") // read by their names, together with those of the environment and the file
public final class ServerOptions {
    @Option(names = "--host", paramLabel = "H", description = "Address to listen on (127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "P", description = "Port to listen on (8080); 0 for any free port.")
    private @Nullable String port;

    @Option(names = "--api-key", paramLabel = "K", description = "Key of the project, a number.")
    private @Nullable String apiKey;

    @Option(
            names = "--api-secret-file",
            paramLabel = "FILE",
            description = "File with the secret of the project (at least 32 bytes) and nothing else.")
    private @Nullable String apiSecretFile;

    @Option(
            names = "--api-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            description =
                    "The secret. Every local user can see it in the list of processes. Without a value, the server"
                            + " asks for it.")
    private @Nullable String apiSecret;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file in the form of Java properties.")
    private @Nullable String config;

    @Option(
            names = "--projects",
            paramLabel = "FILE",
            description = "File with projects, their secrets and webhooks. Read again whenever it changes.")
    private @Nullable String projects;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Directory for data that must survive a restart: bans, revoked tokens, used tokens of REST calls."
                            + " Not used with --redis, which keeps them.")
    private @Nullable String dataDirectory;

    @Option(names = "--stun", paramLabel = "URLS", description = "STUN servers, separated by commas.")
    private @Nullable String stun;

    @Option(names = "--turn", paramLabel = "URLS", description = "URLs of a TURN server, separated by commas.")
    private @Nullable String turn;

    @Option(
            names = "--turn-secret-file",
            paramLabel = "FILE",
            description = "File with the secret shared with the TURN server and nothing else.")
    private @Nullable String turnSecretFile;

    @Option(
            names = "--turn-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            description =
                    "The secret. Every local user can see it in the list of processes. Without a value, the server"
                            + " asks for it.")
    private @Nullable String turnSecret;

    @Option(names = "--turn-lifetime", paramLabel = "SECONDS", description = "Lifetime of TURN credentials (86400).")
    private @Nullable String turnLifetime;

    @Option(
            names = "--router",
            paramLabel = "ROUTER",
            split = ",",
            description =
                    "Media router for routed sessions: janus (or the path of its program) starts one on this machine,"
                            + " ws://HOST:PORT uses a running one. May be given several times.")
    private @Nullable List<String> routers;

    @Option(
            names = "--router-ports",
            paramLabel = "FIRST-LAST",
            description =
                    "UDP ports for the media of the routers that this server starts; each gets an equal part (any).")
    private @Nullable String routerPorts;

    @Option(
            names = "--router-share",
            paramLabel = "TOKEN[,PROJECT]",
            description =
                    "Largest share of all routers, in percent, for the links of one token and for those of one project"
                            + " (25,80; 25,100 if the server has one project).")
    private @Nullable String routerShare;

    @Option(
            names = "--router-address",
            paramLabel = "IPS",
            description =
                    "Public addresses of the routers that this server starts, separated by commas, if this machine is"
                            + " behind a NAT.")
    private @Nullable String routerAddress;

    @Option(
            names = "--router-interface",
            paramLabel = "NAMES",
            description =
                    "Network interfaces or addresses for the media of the routers that this server starts, separated by"
                            + " commas (all).")
    private @Nullable String routerInterface;

    @Option(
            names = "--router-secret-file",
            paramLabel = "FILE",
            description = "File with the api_secret of the running routers and nothing else.")
    private @Nullable String routerSecretFile;

    @Option(
            names = "--router-admin-key-file",
            paramLabel = "FILE",
            description = "File with the admin_key of the VideoRoom plugin of the running routers and nothing else.")
    private @Nullable String routerAdminKeyFile;

    @Option(
            names = "--heartbeat",
            paramLabel = "MILLIS",
            description =
                    "Longest time between two messages of a client, or of the server to a client (3000). Sent to clients.")
    private @Nullable String heartbeat;

    @Option(
            names = "--silence",
            paramLabel = "MILLIS",
            description = "Declare a peer lost after this time without a byte (8000). Sent to clients.")
    private @Nullable String silence;

    @Option(
            names = "--resume-window",
            paramLabel = "MILLIS",
            description = "Time in which a client may resume a lost connection (12000); 0: never. Sent to clients.")
    private @Nullable String resumeWindow;

    @Option(
            names = "--connect-timeout",
            paramLabel = "MILLIS",
            description = "Time in which a new socket must deliver a valid token or a complete request (10000).")
    private @Nullable String connectTimeout;

    @Option(
            names = "--retry-after",
            paramLabel = "MILLIS",
            description = "Delay before the first client resumes after the server stops (1000).")
    private @Nullable String retryAfter;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            split = ",",
            description =
                    "Addresses of trusted proxies, for instance 10.0.0.0/8. X-Forwarded-For and the PROXY protocol"
                            + " from these addresses name the client. May be given several times.")
    private @Nullable List<String> trustedProxies;

    @Option(
            names = "--admin-port",
            paramLabel = "P",
            description = "Serve /health and /metrics on this port, on a separate thread; 0 for any free port."
                    + " The main port then serves no /metrics.")
    private @Nullable String adminPort;

    @Option(names = "--admin-host", paramLabel = "H", description = "Address of the admin port (127.0.0.1).")
    private @Nullable String adminHost;

    /** For the command line. */
    public ServerOptions() {}
}
