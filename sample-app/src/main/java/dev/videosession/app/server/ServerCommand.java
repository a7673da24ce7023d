package dev.videosession.app.server;

import dev.videosession.app.process.StopSignal;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a server until it is told to stop. */
@Command(
        name = "server",
        description = {
            "The signaling server.",
            "Every option NAME can also be set by the environment variable VIDEOSESSION_NAME (dashes become"
                    + " underscores) or by NAME=VALUE in the file given with --config; the command line comes first,"
                    + " then the environment. The file may name further projects: project.KEY=SECRET."
        },
        mixinStandardHelpOptions = true)
public final class ServerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dev",
            description =
                    "Make a project, print it with a session and a token for each role; lines to paste go to standard"
                            + " error.")
    private boolean dev;

    @Option(names = "--host", paramLabel = "H", description = "Address to listen on (127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "P", description = "Port to listen on (8080); 0 for any free one.")
    private @Nullable String port;

    @Option(names = "--api-key", paramLabel = "K", description = "Key of the project, a number.")
    private @Nullable String apiKey;

    @Option(names = "--api-secret", paramLabel = "S", description = "Its secret, at least 32 bytes.")
    private @Nullable String apiSecret;

    @Option(names = "--config", paramLabel = "FILE", description = "File of properties.")
    private @Nullable String config;

    @Option(
            names = "--projects",
            paramLabel = "FILE",
            description = "File of projects, their secrets and webhooks; read again whenever it changes.")
    private @Nullable String projects;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain, PEM; turns TLS on.")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key, PEM (PKCS#8).")
    private @Nullable String tlsKey;

    @Option(names = "--stun", paramLabel = "URLS", description = "STUN servers, separated by commas.")
    private @Nullable String stun;

    @Option(names = "--turn", paramLabel = "URLS", description = "URLs of a TURN server, separated by commas.")
    private @Nullable String turn;

    @Option(names = "--turn-secret", paramLabel = "S", description = "Secret shared with the TURN server.")
    private @Nullable String turnSecret;

    @Option(names = "--turn-lifetime", paramLabel = "SECONDS", description = "Of the TURN credentials (86400).")
    private @Nullable String turnLifetime;

    @Option(
            names = "--heartbeat",
            paramLabel = "MILLIS",
            description = "Each side sends at least one message in this time (3000). Clients are told.")
    private @Nullable String heartbeat;

    @Option(
            names = "--silence",
            paramLabel = "MILLIS",
            description = "A side that was heard of no more for this time is lost (8000). Clients are told.")
    private @Nullable String silence;

    @Option(
            names = "--resume-window",
            paramLabel = "MILLIS",
            description = "For this time a lost client may come back (12000); 0: never. Clients are told.")
    private @Nullable String resumeWindow;

    @Option(
            names = "--connect-timeout",
            paramLabel = "MILLIS",
            description = "For this time a socket may go without a valid token or a whole request (10000).")
    private @Nullable String connectTimeout;

    @Option(
            names = "--retry-after",
            paramLabel = "MILLIS",
            description = "When the server stops, the first client is told to come back after this time (1000).")
    private @Nullable String retryAfter;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public ServerCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = new StopSignal().onTermination();
        Project project = dev ? Backend.newProject() : null;
        try (SignalingServer server = start(project)) {
            PrintWriter out = spec.commandLine().getOut();
            SessionId session = project == null ? null : print(out, project);
            out.println("listening on " + server.uri());
            out.flush();
            if (project != null && session != null) {
                invite(server, new Backend(project), session);
            }
            stop.await();
            LOG.info("stopping");
        }
        return 0;
    }

    private SignalingServer start(@Nullable Project extra) {
        try {
            return ServerFactory.start(new Settings(given(), System::getenv), extra);
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Map<String, String> given() {
        Map<String, @Nullable String> options = new HashMap<>();
        options.put("host", host);
        options.put("port", port);
        options.put("api-key", apiKey);
        options.put("api-secret", apiSecret);
        options.put("config", config);
        options.put("projects", projects);
        options.put("tls-cert", tlsCertificate);
        options.put("tls-key", tlsKey);
        options.put("stun", stun);
        options.put("turn", turn);
        options.put("turn-secret", turnSecret);
        options.put("turn-lifetime", turnLifetime);
        options.put("heartbeat", heartbeat);
        options.put("silence", silence);
        options.put("resume-window", resumeWindow);
        options.put("connect-timeout", connectTimeout);
        options.put("retry-after", retryAfter);
        Map<String, String> given = new HashMap<>();
        options.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        return given;
    }

    /** For people to paste; not a result, so that programs which read the results need not know it. */
    private void invite(SignalingServer server, Backend backend, SessionId session) {
        PrintWriter err = spec.commandLine().getErr();
        String where = " " + server.uri() + " " + session + " ";
        err.println("To enter the session, as often as you like:");
        err.println("./run call" + where + backend.token(session, Role.PUBLISHER, ""));
        err.println("To moderate it:");
        err.println("./run console" + where + backend.token(session, Role.MODERATOR, ""));
        err.flush();
    }

    private static SessionId print(PrintWriter out, Project project) {
        Backend backend = new Backend(project);
        SessionId session = backend.newSession(true);
        out.println("api-key " + project.apiKey());
        out.println("api-secret " + project.signingSecret());
        out.println("session " + session);
        for (Role role : Role.values()) {
            out.println("token-" + role.wireName() + " " + backend.token(session, role, ""));
        }
        return session;
    }
}
