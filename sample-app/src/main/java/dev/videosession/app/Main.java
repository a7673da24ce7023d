package dev.videosession.app;

import dev.videosession.app.bot.BotCommand;
import dev.videosession.app.call.CallCommand;
import dev.videosession.app.console.ConsoleCommand;
import dev.videosession.app.demo.DemoCommand;
import dev.videosession.app.logging.ProgramLog;
import dev.videosession.app.option.CommandLines;
import dev.videosession.app.screenshot.ScreenshotsCommand;
import dev.videosession.app.server.ServerCommand;
import dev.videosession.app.server.SessionCommand;
import dev.videosession.app.server.TokenCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Without a command: the demo. */
@Command(
        name = "run",
        description = "Video sessions: the server, a call window, a moderator's console, and tools to try them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            CallCommand.class,
            ConsoleCommand.class,
            BotCommand.class,
            SessionCommand.class,
            TokenCommand.class,
            ScreenshotsCommand.class
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

    /** {@return the command line, with all commands and their options} */
    static CommandLine commandLine() {
        return CommandLines.of(new Main());
    }
}
