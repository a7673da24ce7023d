package dev.videosession.app;

import dev.videosession.app.bot.BotCommand;
import dev.videosession.app.call.CallCommand;
import dev.videosession.app.console.ConsoleCommand;
import dev.videosession.app.demo.DemoCommand;
import dev.videosession.app.logging.ProgramLog;
import dev.videosession.app.server.ServerCommand;
import dev.videosession.app.server.SessionCommand;
import dev.videosession.app.server.TokenCommand;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line. Without a command: the demo. */
@Command(
        name = "run",
        description = "Video sessions: a server, a call window, and what one needs to try them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            CallCommand.class,
            ConsoleCommand.class,
            BotCommand.class,
            SessionCommand.class,
            TokenCommand.class
        })
public final class Main {
    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments command and options
     */
    public static void main(String[] arguments) {
        String[] command = arguments.length == 0 ? new String[] {"demo"} : arguments;
        CommandLine line = commandLine();
        int exitCode;
        try (ProgramLog log = ProgramLog.standardError(System.getenv("VIDEOSESSION_LOG"))) {
            exitCode = line.execute(command);
        }
        line.getOut().flush();
        System.out.close(); // native libraries write to standard output while the process goes down; that is no result
        System.exit(exitCode);
    }

    /** One line and exit code 2: what cannot be used, and which option or file it came from. */
    private static int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message =
                String.valueOf(e.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "));
        command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + message);
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** {@return the command line, with all commands and their options} */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main()).setParameterExceptionHandler(Main::refuse);
        line.getCommandSpec().versionProvider(new ProgramVersion());
        line.getSubcommands().values().forEach(each -> each.getCommandSpec().versionProvider(new ProgramVersion()));
        return line;
    }
}
