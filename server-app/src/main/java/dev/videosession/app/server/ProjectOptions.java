package dev.videosession.app.server;

import dev.videosession.server.file.SecretFile;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name a project. */
final class ProjectOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--api-key",
            paramLabel = "K",
            required = true,
            defaultValue = "${env:VIDEOSESSION_API_KEY}",
            description = "Key of the project. Without it, VIDEOSESSION_API_KEY is used.")
    private int apiKey;

    @Option(
            names = "--api-secret-file",
            paramLabel = "FILE",
            defaultValue = "${env:VIDEOSESSION_API_SECRET_FILE}",
            description = "File with its secret and nothing else. Without it, VIDEOSESSION_API_SECRET_FILE is used.")
    private @Nullable Path secretFile;

    @Option(
            names = "--api-secret",
            paramLabel = "S",
            arity = "0..1",
            interactive = true,
            defaultValue = "${env:VIDEOSESSION_API_SECRET}",
            description =
                    "The secret. Every local user can see it in the list of processes. Without a value, the command asks"
                            + " for it. Without the option, VIDEOSESSION_API_SECRET is used.")
    private @Nullable String secret;

    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    ProjectOptions() {}

    /** {@return the backend of the project} An option that cannot be used is a {@link ParameterException}. */
    Backend backend() {
        String signing = secret();
        try {
            return new Backend(new Project(apiKey, signing));
        } catch (IllegalArgumentException e) {
            String source = secretFile == null ? "--api-secret" : "--api-secret-file";
            throw refused("--api-key, " + source + ": " + e.getMessage(), e);
        }
    }

    private String secret() {
        if (secretFile != null) {
            try {
                return SecretFile.read(secretFile);
            } catch (IOException e) {
                throw refused(String.valueOf(e.getMessage()), e);
            }
        }
        if (secret == null || secret.isEmpty()) {
            throw refused("Missing required option: --api-secret-file=FILE (or --api-secret)", null);
        }
        return secret;
    }

    private ParameterException refused(String message, @Nullable Exception cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }
}
