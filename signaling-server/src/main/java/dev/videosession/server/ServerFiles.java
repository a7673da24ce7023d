package dev.videosession.server;

import dev.videosession.server.project.ProjectsFileWatch;
import dev.videosession.server.tls.ServerCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The files that a server follows while it runs.
 *
 * @param projects the projects file, or null if there is none
 * @param certificate the certificate, or null without encryption
 */
record ServerFiles(
        @Nullable ProjectsFileWatch projects, @Nullable ServerCertificate certificate) implements AutoCloseable {
    private static final Duration PROJECTS_PERIOD = Duration.ofSeconds(2);

    /**
     * Loads all files.
     *
     * @throws IOException if one cannot be used; the message names it
     */
    static ServerFiles open(SignalingServerBuilder settings, MeterRegistry meters) throws IOException {
        ServerCertificate certificate =
                settings.tls == null ? null : new ServerCertificate(settings.tls, settings.clock, meters);
        try {
            ProjectsFileWatch projects = settings.projectsFile == null
                    ? null
                    : new ProjectsFileWatch(settings.projectsFile, settings.projects, PROJECTS_PERIOD);
            return new ServerFiles(projects, certificate);
        } catch (IOException | RuntimeException e) {
            if (certificate != null) {
                certificate.close();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (projects != null) {
            projects.close();
        }
        if (certificate != null) {
            certificate.close();
        }
    }
}
