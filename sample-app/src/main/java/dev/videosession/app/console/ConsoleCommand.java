package dev.videosession.app.console;

import dev.videosession.app.look.Theme;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.option.ServerListConverter;
import dev.videosession.app.window.WindowProgram;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the moderator's console. */
@Command(
        name = "console",
        description = "A window that watches a session and moderates it, without taking part.",
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            converter = ServerListConverter.class,
            description = ServerList.DESCRIPTION)
    private ServerList server;

    @Parameters(index = "1", paramLabel = "SESSION", description = "Session id.")
    private String sessionId;

    @Parameters(
            index = "2",
            paramLabel = "TOKEN",
            description = "Token that opens the session; one of a moderator to moderate, any other to watch.")
    private String token;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public ConsoleCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        ConsoleOptions options = new ConsoleOptions(server, sessionId, token);
        return WindowProgram.run(
                spec.commandLine(), Theme.SYSTEM, (engine, onEnded) -> Console.open(options, engine, onEnded)::leave);
    }
}
