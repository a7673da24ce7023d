package dev.videosession.app.console;

import dev.videosession.app.look.Theme;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.server.Backend;
import dev.videosession.app.server.ProjectCalls;
import dev.videosession.app.window.WindowProgram;
import dev.videosession.server.file.SecretFile;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the moderator's console. */
@Command(
        name = "console",
        description = {
            "A window to watch and moderate sessions without taking part.",
            "With a server, a session and a token, it opens the session. With a server and the key and secret of a project, it"
                    + " lists the live sessions of the project. If an argument is missing, it asks for it."
        },
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..3",
            paramLabel = "URL [SESSION TOKEN]",
            description = {
                ServerList.DESCRIPTION,
                "Session id, and token for the session: a moderator's token to moderate, any other to watch."
            })
    private List<String> target = List.of();

    @Option(names = "--api-key", paramLabel = "K", description = "Key of the project whose sessions are listed.")
    private @Nullable Integer apiKey;

    @Option(names = "--api-secret-file", paramLabel = "FILE", description = "File with its secret and nothing else.")
    private @Nullable Path secretFile;

    @Option(
            names = "--api-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            description = "The secret. Without a value, the command asks for it on the terminal.")
    private @Nullable String secret;

    @Option(
            names = "--theme",
            defaultValue = "SYSTEM",
            description = "Theme of the window: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Theme theme;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public ConsoleCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        return WindowProgram.run(spec.commandLine(), theme, opener());
    }

    private WindowProgram.Opener opener() {
        try {
            if (target.size() == 3 && apiKey == null) {
                ConsoleOptions options =
                        new ConsoleOptions(ServerList.parse(target.get(0)), target.get(1), target.get(2));
                return (engine, onEnded) -> ConsoleWindow.open(options, engine, onEnded)::leave;
            }
            if (target.size() > 1) {
                throw new IllegalArgumentException("Give a server, a session and a token, or a server and --api-key.");
            }
            String server = target.isEmpty() ? "" : target.get(0);
            String signing = secretFile == null ? secret : SecretFile.read(secretFile);
            if (!server.isEmpty() && apiKey != null && signing != null) {
                Backend backend = new Backend(new Project(apiKey, signing));
                ProjectCalls project = new ProjectCalls(ServerList.parse(server), backend);
                return (engine, onEnded) -> ConsoleWindow.open(project, engine, onEnded)::leave;
            }
            String key = apiKey == null ? "" : String.valueOf(apiKey);
            return (engine, onEnded) -> ConsoleWindow.ask(server, key, engine, onEnded)::leave;
        } catch (IllegalArgumentException | IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
