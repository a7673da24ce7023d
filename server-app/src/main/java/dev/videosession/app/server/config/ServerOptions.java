package dev.videosession.app.server.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every server: where it listens, its projects, ICE servers and timings. {@link OptionValues} reads them. */
@SuppressWarnings("UnusedVariable") // read by their names, together with those of the environment and the file
public final class ServerOptions {
    @Option(names = "--host", paramLabel = "H", description = "Address to listen on (127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "P", description = "Port to listen on (8080); 0 for any free one.")
    private @Nullable String port;

    @Option(names = "--api-key", paramLabel = "K", description = "Key of the project, a number.")
    private @Nullable String apiKey;

    @Option(
            names = "--api-secret-file",
            paramLabel = "FILE",
            description = "File that holds its secret, at least 32 bytes, and nothing else.")
    private @Nullable String apiSecretFile;

    @Option(
            names = "--api-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            description = "The secret itself, which every local user can see in the list of processes. Without a value:"
                    + " asks for it.")
    private @Nullable String apiSecret;

    @Option(names = "--config", paramLabel = "FILE", description = "File of properties.")
    private @Nullable String config;

    @Option(
            names = "--projects",
            paramLabel = "FILE",
            description = "File of projects, their secrets and webhooks; read again whenever it changes.")
    private @Nullable String projects;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Directory for what must survive a restart: bans, revoked tokens, used tokens of REST calls."
                    + " Not used with --redis, which keeps them.")
    private @Nullable String dataDirectory;

    @Option(names = "--stun", paramLabel = "URLS", description = "STUN servers, separated by commas.")
    private @Nullable String stun;

    @Option(names = "--turn", paramLabel = "URLS", description = "URLs of a TURN server, separated by commas.")
    private @Nullable String turn;

    @Option(
            names = "--turn-secret-file",
            paramLabel = "FILE",
            description = "File that holds the secret shared with the TURN server, and nothing else.")
    private @Nullable String turnSecretFile;

    @Option(
            names = "--turn-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            description = "The secret itself, which every local user can see in the list of processes. Without a value:"
                    + " asks for it.")
    private @Nullable String turnSecret;

    @Option(names = "--turn-lifetime", paramLabel = "SECONDS", description = "Of the TURN credentials (86400).")
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
            description = "The part of all routers in percent that the links of one token and of one project may use"
                    + " (25,80; 25,100 if the server has one project).")
    private @Nullable String routerShare;

    @Option(
            names = "--router-address",
            paramLabel = "IPS",
            description = "Public addresses of that router, separated by commas, if this machine is behind a NAT.")
    private @Nullable String routerAddress;

    @Option(
            names = "--router-interface",
            paramLabel = "NAMES",
            description = "Network interfaces or addresses for its media, separated by commas (all).")
    private @Nullable String routerInterface;

    @Option(
            names = "--router-secret-file",
            paramLabel = "FILE",
            description = "File that holds the api_secret of the running routers, and nothing else.")
    private @Nullable String routerSecretFile;

    @Option(
            names = "--router-admin-key-file",
            paramLabel = "FILE",
            description = "File that holds the admin_key of their VideoRoom plugin, and nothing else.")
    private @Nullable String routerAdminKeyFile;

    @Option(
            names = "--heartbeat",
            paramLabel = "MILLIS",
            description = "Each side sends at least one message in this time (3000). Sent to clients.")
    private @Nullable String heartbeat;

    @Option(
            names = "--silence",
            paramLabel = "MILLIS",
            description = "A peer that sends nothing for this time is lost (8000). Clients receive the value.")
    private @Nullable String silence;

    @Option(
            names = "--resume-window",
            paramLabel = "MILLIS",
            description = "For this time a lost client may come back (12000); 0: never. Clients receive the value.")
    private @Nullable String resumeWindow;

    @Option(
            names = "--connect-timeout",
            paramLabel = "MILLIS",
            description = "For this time a socket may go without a valid token or a whole request (10000).")
    private @Nullable String connectTimeout;

    @Option(
            names = "--retry-after",
            paramLabel = "MILLIS",
            description = "When the server stops, how long the first client waits before it resumes (1000).")
    private @Nullable String retryAfter;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            split = ",",
            description = "Addresses of proxies, for instance 10.0.0.0/8: X-Forwarded-For and the PROXY protocol from"
                    + " there name the client. May be given several times.")
    private @Nullable List<String> trustedProxies;

    @Option(
            names = "--admin-port",
            paramLabel = "P",
            description = "Serve /health and /metrics on this port, on a thread of its own; 0 for any free one."
                    + " /metrics is then here only.")
    private @Nullable String adminPort;

    @Option(names = "--admin-host", paramLabel = "H", description = "Address of the admin port (127.0.0.1).")
    private @Nullable String adminHost;

    /** For the command line. */
    public ServerOptions() {}
}
