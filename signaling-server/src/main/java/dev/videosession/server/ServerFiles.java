package dev.videosession.server;

import dev.videosession.server.internal.data.DataDirectory;
import dev.videosession.server.internal.data.TokenJournal;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.project.ProjectsFileWatch;
import dev.videosession.server.internal.tls.ServerCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The files that a server follows or writes while it runs.
 *
 * @param projects the projects file, or null if there is none
 * @param certificate the certificate, or null without encryption
 * @param journal what is kept of tokens, or null without a data directory
 */
record ServerFiles(
        @Nullable ProjectsFileWatch projects,
        @Nullable ServerCertificate certificate,
        @Nullable TokenJournal journal) implements AutoCloseable {
    private static final Duration PROJECTS_PERIOD = Duration.ofSeconds(2);

    /**
     * Loads all files.
     *
     * @throws IOException if one cannot be used; the message names it
     */
    static ServerFiles open(SignalingServerBuilder settings, MeterRegistry meters) throws IOException {
        ServerFiles files = new ServerFiles(null, null, null);
        try {
            if (settings.tls != null) {
                files = new ServerFiles(null, new ServerCertificate(settings.tls, settings.clock, meters), null);
            }
            if (settings.projectsFile != null) {
                files = new ServerFiles(
                        new ProjectsFileWatch(settings.projectsFile, settings.projects, PROJECTS_PERIOD),
                        files.certificate,
                        null);
            }
            if (settings.dataDirectory != null) {
                files = new ServerFiles(
                        files.projects, files.certificate, openJournal(settings.dataDirectory, settings, meters));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static TokenJournal openJournal(Path path, SignalingServerBuilder settings, MeterRegistry meters)
            throws IOException {
        DataDirectory directory = DataDirectory.open(path);
        try {
            return TokenJournal.open(directory, settings.clock, meters);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    TokenStore tokens() {
        return journal == null ? TokenStore.none() : journal;
    }

    /** Stops following files; the journal stays open. */
    void stopFollowing() {
        if (projects != null) {
            projects.close();
        }
        if (certificate != null) {
            certificate.close();
        }
    }

    @Override
    public void close() {
        stopFollowing();
        if (journal != null) {
            journal.close();
        }
    }
}
