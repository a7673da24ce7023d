package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import dev.videosession.server.file.PublicKeyFile;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes projects out of settings. */
final class ProjectSettings {
    private ProjectSettings() {}

    /**
     * Returns the project of the options, if they name one, and those of the configuration file.
     *
     * @throws IOException if a file of a secret or key cannot be used; the message names it
     * @throws IllegalArgumentException if a setting cannot be used; the message says which
     */
    static List<Project> of(Settings settings) throws IOException {
        List<Project> projects = new ArrayList<>();
        String key = settings.find("api-key");
        String secret = settings.secret("api-secret");
        Application application = application(settings);
        if ((key == null) != (secret == null && application == null)) {
            throw new IllegalArgumentException("--api-key belongs together with --api-secret-file (or --api-secret), or"
                    + " with --application-id and --public-key-file: one of them is missing");
        }
        if (key != null) {
            int number = settings.number("api-key", 0);
            List<String> secrets = secret == null ? List.of() : List.of(secret);
            projects.add(settings.applying(
                    () -> new Project(number, secrets, application, null), "api-key", "api-secret", "api-secret-file"));
        }
        settings.projects()
                .forEach((apiKey, secrets) ->
                        projects.add(settings.applying(() -> new Project(apiKey, secrets), "config")));
        return projects;
    }

    private static @Nullable Application application(Settings settings) throws IOException {
        String id = settings.find("application-id");
        List<String> files = settings.list("public-key-file");
        if ((id == null) != files.isEmpty()) {
            throw new IllegalArgumentException("--application-id and --public-key-file belong together");
        }
        if (id == null) {
            return null;
        }
        if (id.indexOf('-') < 0 || ProjectId.parse(id).isEmpty()) {
            throw new IllegalArgumentException(settings.source("application-id") + " must be a UUID, was " + id);
        }
        List<RSAPublicKey> keys = new ArrayList<>();
        for (String file : files) {
            keys.add(PublicKeyFile.read(Path.of(file)));
        }
        return settings.applying(() -> new Application(UUID.fromString(id), keys), "public-key-file");
    }
}
