package dev.videosession.app.server;

import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.logging.LogMetrics;
import dev.videosession.app.logging.ProgramLog;
import dev.videosession.app.process.Signals;
import dev.videosession.app.process.StopSignal;
import dev.videosession.app.server.config.ClusterOptions;
import dev.videosession.app.server.config.LogOptions;
import dev.videosession.app.server.config.OptionValues;
import dev.videosession.app.server.config.ServerOptions;
import dev.videosession.app.server.config.Settings;
import dev.videosession.app.server.config.TlsOptions;
import dev.videosession.app.server.config.TokenOptions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.session.ServerAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a server until it receives a termination request. */
@Command(
        name = "server",
        description = {
            "The signaling server. Defaults are in parentheses.",
            "Every option NAME can also be set by the environment variable VIDEOSESSION_NAME (dashes become"
                    + " underscores) or by NAME=VALUE in the file given with --config; the command line takes"
                    + " precedence, then the environment. The file may also name projects: project.KEY.secrets=SECRET."
        },
        mixinStandardHelpOptions = true)
public final class ServerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dev",
            description =
                    "Create a project for development and print it with a session and a token for each role. Commands to"
                            + " join go to standard error.")
    private boolean dev;

    @Mixin
    @SuppressWarnings("UnusedVariable") // OptionValues reads it
    private ServerOptions options;

    @Mixin
    @SuppressWarnings("UnusedVariable") // OptionValues reads it
    private TlsOptions tls;

    @Mixin
    @SuppressWarnings("UnusedVariable") // OptionValues reads it
    private LogOptions log;

    @Mixin
    @SuppressWarnings("UnusedVariable") // OptionValues reads it
    private TokenOptions tokens;

    @Mixin
    @SuppressWarnings("UnusedVariable") // OptionValues reads it
    private ClusterOptions cluster;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public ServerCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = new StopSignal().onTermination();
        Project project = dev ? Backend.newProject() : null;
        Settings settings = refusing(() -> settings(OptionValues.given(spec), System::getenv));
        try (ProgramLog log = refusing(() -> ProgramLog.open(LogOptions.read(settings)))) {
            TurnSecret turnSecret = refusing(() -> new TurnSecret(settings));
            try (SignalingServer server = refusing(() -> ServerFactory.start(settings, project, turnSecret))) {
                LogMetrics.register(log, server.meters());
                Signals.handle("HUP", new SecretReload(settings, server, turnSecret)::reloadAll);
                serve(server, project, settings.list("router").isEmpty(), stop);
            }
        }
        return 0;
    }

    private void serve(SignalingServer server, @Nullable Project project, boolean relayed, StopSignal stop)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        SessionId session = project == null ? null : print(out, project, relayed);
        out.println("listening on " + server.uri());
        out.flush();
        if (project != null && session != null) {
            invite(server, new Backend(project), session);
        }
        stop.await();
        LOG.info("event=stopping cause=signal");
    }

    /** {@return the options of the command line, the environment and the configuration file} */
    static Settings settings(Map<String, String> given, UnaryOperator<@Nullable String> environment)
            throws IOException {
        return new Settings(
                given, environment, OptionValues.known(CommandSpec.forAnnotatedObject(new ServerCommand())));
    }

    /** A step of the start whose failure is one line for the user. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T refusing(Step<T> step) {
        try {
            return step.take();
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** For people to paste; not a result, so that programs which read the results need not know it. */
    private void invite(SignalingServer server, Backend backend, SessionId session) {
        PrintWriter err = spec.commandLine().getErr();
        URI reachable = ReachableAddress.of(server.uri(), server.address());
        err.println("To join the session on this machine:");
        err.println(call(server.uri(), backend, session, "Ada"));
        err.println(
                reachable.equals(server.uri())
                        ? "To join it as a second participant:"
                        : "To join it on another machine:");
        err.println(call(reachable, backend, session, "Bob"));
        err.println("To invite a participant through a lobby:");
        Invitation invitation = backend.invitation(
                ServerAddress.of(reachable), session, Role.PUBLISHER, backend.token(session, Role.PUBLISHER, ""));
        err.println("./run call '" + invitation.link() + "'");
        err.println("To moderate it:");
        err.println("./run console " + server.uri() + " " + session + " "
                + backend.token(session, Role.MODERATOR, "name=Moderator"));
        err.flush();
    }

    private static String call(URI server, Backend backend, SessionId session, String name) {
        return "./run call " + server + " " + session + " " + backend.token(session, Role.PUBLISHER, "name=" + name)
                + " --name " + name;
    }

    private static SessionId print(PrintWriter out, Project project, boolean relayed) {
        Backend backend = new Backend(project);
        SessionId session = backend.newSession(relayed);
        out.println("api-key " + project.apiKey());
        out.println("api-secret " + project.signingSecret());
        out.println("session " + session);
        for (Role role : Role.values()) {
            out.println("token-" + role.wireName() + " " + backend.token(session, role, ""));
        }
        return session;
    }
}
