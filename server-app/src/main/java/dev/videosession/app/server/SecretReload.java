package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the files of a running server again: certificate, projects, and the secrets in files of their own. */
final class SecretReload {
    private static final Logger LOG = LoggerFactory.getLogger(SecretReload.class);

    private final Settings settings;
    private final SignalingServer server;
    private final TurnSecret turnSecret;

    SecretReload(Settings settings, SignalingServer server, TurnSecret turnSecret) {
        this.settings = settings;
        this.server = server;
        this.turnSecret = turnSecret;
    }

    /** Something that is read from files. */
    @FunctionalInterface
    private interface Part {
        /** {@return whether there was something new} */
        boolean reload() throws IOException;
    }

    /** Reads everything; what cannot be used stays as it is, and the log says why. */
    void reloadAll() {
        reload("certificate", server::reloadCertificate);
        reload("projects", server::reloadProjects);
        reload("api-secret-file", this::reloadProjects);
        reload("turn-secret-file", turnSecret::reload);
    }

    private static void reload(String what, Part part) {
        try {
            boolean changed = part.reload();
            LOG.info("event=reloadRequested what={} changed={}", what, changed);
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("event=notReloaded what={} reason=\"{}\"", what, e.getMessage());
        }
    }

    private boolean reloadProjects() throws IOException {
        boolean changed = false;
        for (Project project : ProjectSettings.of(settings)) {
            changed |= !server.projects()
                    .find(project.apiKey())
                    .filter(project::equals)
                    .isPresent();
            server.projects().put(project);
        }
        return changed;
    }
}
