package dev.videosession.server.internal.start;

import dev.videosession.server.internal.data.DataDirectory;
import dev.videosession.server.internal.data.TokenJournal;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.project.ProjectsFile;
import dev.videosession.server.internal.project.ProjectsFileWatch;
import dev.videosession.server.internal.tls.ServerCertificate;
import dev.videosession.server.settings.TlsFiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a server follows or writes while it runs.
 *
 * @param projects the projects file, or null if there is none
 * @param certificate the certificate, or null without encryption
 * @param journal what is kept of tokens, or null without a data directory, or if Redis keeps it
 */
record ServerFiles(
        @Nullable ProjectsFileWatch projects,
        @Nullable ServerCertificate certificate,
        @Nullable TokenJournal journal) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFiles.class);
    private static final Duration PROJECTS_PERIOD = Duration.ofSeconds(2);

    /**
     * Loads all files.
     *
     * @throws IOException if one cannot be used; the message names it
     */
    static ServerFiles open(ServerSettings settings, MeterRegistry meters) throws IOException {
        ServerFiles files = new ServerFiles(null, null, null);
        try {
            TlsFiles tls = settings.port().tls();
            if (tls != null) {
                files = new ServerFiles(null, new ServerCertificate(tls, settings.time(), meters), null);
            }
            ServerSettings.Credentials credentials = settings.credentials();
            if (credentials.projectsFile() != null) {
                ProjectsFile file = new ProjectsFile(credentials.projectsFile());
                files = new ServerFiles(
                        new ProjectsFileWatch(file, credentials.projects(), PROJECTS_PERIOD, meters),
                        files.certificate,
                        null);
            }
            if (credentials.dataDirectory() != null && settings.cluster() != null) {
                LOG.warn(
                        "event=dataDirectoryUnused directory=\"{}\" reason=\"bans, revoked tokens and used tokens of REST calls"
                                + " are kept in Redis\"",
                        credentials.dataDirectory());
            } else if (credentials.dataDirectory() != null) {
                files = new ServerFiles(
                        files.projects, files.certificate, openJournal(credentials.dataDirectory(), settings, meters));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static TokenJournal openJournal(Path path, ServerSettings settings, MeterRegistry meters)
            throws IOException {
        DataDirectory directory = DataDirectory.open(path);
        try {
            return TokenJournal.open(directory, settings.time(), meters);
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
