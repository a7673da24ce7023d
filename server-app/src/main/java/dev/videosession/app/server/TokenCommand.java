package dev.videosession.app.server;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.ServerAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints a token. */
@Command(name = "token", description = "Prints a token for a session.", mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ProjectOptions project;

    @Option(names = "--session", paramLabel = "ID", required = true, description = "The session.")
    private String session;

    @Option(
            names = "--role",
            defaultValue = "publisher",
            converter = RoleName.class,
            description = "subscriber, publisher, publisheronly or moderator (${DEFAULT-VALUE}).")
    private Role role;

    @Option(names = "--data", defaultValue = "", description = "Data of the connection, visible to all participants.")
    private String data;

    @Option(
            names = "--expires",
            paramLabel = "SECONDS",
            defaultValue = "86400",
            description = "How long the token can be used to connect (${DEFAULT-VALUE}).")
    private long seconds;

    @Option(
            names = "--link",
            paramLabel = "URL",
            description =
                    "Print an invitation link for the server at this address instead of the token. The link contains the"
                            + " token, and also opens a separate session for tests of the connection.")
    private @Nullable String link;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public TokenCommand() {}

    @Override
    public Integer call() {
        try {
            SessionId id = new SessionId(session.strip());
            Backend backend = project.backend();
            String token = backend.token(id, role, data, Duration.ofSeconds(seconds));
            spec.commandLine()
                    .getOut()
                    .println(
                            link == null
                                    ? token
                                    : backend.invitation(new ServerAddress(link), id, role, token)
                                            .link());
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads a role as tokens spell it. */
    static final class RoleName implements ITypeConverter<Role> {
        @Override
        public Role convert(String text) {
            return Role.of(text).orElseThrow(() -> new TypeConversionException("no such role: " + text));
        }
    }
}
