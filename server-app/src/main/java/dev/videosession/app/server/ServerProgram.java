package dev.videosession.app.server;

import dev.videosession.app.logging.ProgramLog;
import dev.videosession.app.option.CommandLines;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program of an installed server: the server, and the commands of a backend. It needs no media library and no display. */
@Command(
        name = "videosession",
        description = "A signaling server for video sessions, and commands that create sessions and tokens.",
        mixinStandardHelpOptions = true,
        subcommands = {ServerCommand.class, SessionCommand.class, TokenCommand.class})
public final class ServerProgram {
    private ServerProgram() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments command and options
     */
    public static void main(String[] arguments) {
        CommandLine line = commandLine();
        int exitCode;
        try (ProgramLog log = ProgramLog.standardError(System.getenv("VIDEOSESSION_LOG"))) {
            exitCode = line.execute(arguments);
        }
        line.getOut().flush();
        System.exit(exitCode);
    }

    /** {@return the command line, with all commands and their options} */
    static CommandLine commandLine() {
        return CommandLines.of(new ServerProgram());
    }
}
