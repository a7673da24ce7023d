package dev.videosession.app.call;

import dev.videosession.app.option.ServerList;
import dev.videosession.app.option.ServerListConverter;
import dev.videosession.app.window.WindowProgram;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the call window. */
@Command(name = "call", description = "A window on a session.", mixinStandardHelpOptions = true)
public final class CallCommand implements Callable<Integer> {
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

    @Parameters(index = "2", paramLabel = "TOKEN", description = "Token that opens the session.")
    private String token;

    @Option(
            names = "--name",
            defaultValue = "${sys:user.name}",
            description = "Your name, as the others see it (${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--synthetic", description = "A pattern and a tone in place of camera and microphone.")
    private boolean synthetic;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public CallCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        CallOptions options = new CallOptions(server, sessionId, token, name, synthetic);
        return WindowProgram.run(spec.commandLine(), (engine, onEnded) -> Call.open(options, engine, onEnded)::leave);
    }
}
