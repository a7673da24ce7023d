package dev.videosession.app.option;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Makes the command lines of the programs, which refuse options and report their version in the same way. */
public final class CommandLines {
    private CommandLines() {}

    /**
     * Makes the command line of a program.
     *
     * @param program annotated with its name and its commands
     * @return the command line; it ends with exit code 2 and one line if a command cannot be used as it is given
     */
    public static CommandLine of(Object program) {
        CommandLine line = new CommandLine(program).setParameterExceptionHandler(CommandLines::refuse);
        line.getCommandSpec().versionProvider(new ProgramVersion());
        line.getSubcommands().values().forEach(each -> each.getCommandSpec().versionProvider(new ProgramVersion()));
        return line;
    }

    /** Prints what cannot be used, and which option or file it came from. */
    private static int refuse(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message =
                String.valueOf(e.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "));
        command.getErr().println(command.getCommandSpec().qualifiedName(" ") + ": " + message);
        command.getErr().flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
