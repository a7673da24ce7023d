package dev.videosession.app.server;

import dev.videosession.app.option.ServerList;
import dev.videosession.app.option.ServerListConverter;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the id of a new session. */
@Command(name = "session", description = "Prints the id of a new session.", mixinStandardHelpOptions = true)
public final class SessionCommand implements Callable<Integer> {
    /** Whether media goes from client to client. */
    enum Preference {
        enabled,
        disabled
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            converter = ServerListConverter.class,
            description = ServerList.DESCRIPTION)
    private ServerList server;

    @Mixin
    private ProjectOptions project;

    @Option(
            names = "--p2p",
            defaultValue = "enabled",
            description = "enabled: media from client to client; disabled: through a media router (${DEFAULT-VALUE}).")
    private Preference p2p;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public SessionCommand() {}

    @Override
    public Integer call() {
        try {
            spec.commandLine().getOut().println(project.backend().createSession(server, p2p == Preference.enabled));
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
