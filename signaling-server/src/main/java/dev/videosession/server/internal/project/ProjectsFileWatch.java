package dev.videosession.server.internal.project;

import dev.videosession.server.file.SecretFile;
import dev.videosession.server.internal.file.FileWatch;
import dev.videosession.server.internal.file.ReloadCounter;
import dev.videosession.server.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;

/**
 * Loads a {@link ProjectsFile} again when its content or that of a public key file has changed, so that secrets rotate without a restart;
 * see
 * {@link FileWatch}. Thread-safe.
 */
public final class ProjectsFileWatch implements AutoCloseable {
    private final FileWatch watch;

    /**
     * Loads the file and watches it from then on. Logs a warning if every user of the machine can read it.
     *
     * @param file the file
     * @param projects which follow it
     * @param period between two looks, at least 1 ms
     * @param meters where reloads are counted
     * @throws IOException if the file cannot be loaded now
     */
    public ProjectsFileWatch(ProjectsFile file, Projects projects, Duration period, MeterRegistry meters)
            throws IOException {
        ReloadCounter reloads = new ReloadCounter(
                meters, "videosession.projects.reloads", "attempts to load a changed file of projects");
        SecretFile.warnIfExposed(file.path());
        watch = new FileWatch(
                file::files,
                new FileWatch.Target() {
                    @Override
                    public void load() throws IOException {
                        file.loadInto(projects);
                    }

                    @Override
                    public void reloaded(boolean success) {
                        reloads.count(success);
                    }

                    @Override
                    public String name() {
                        return "projects";
                    }
                },
                period);
    }

    /**
     * Looks now.
     *
     * @return true if the content had changed and was loaded
     * @throws IOException if the content has changed and cannot be loaded; the same content is not tried again
     */
    public boolean reload() throws IOException {
        return watch.reload();
    }

    /** Stops watching; the projects stay as they are. */
    @Override
    public void close() {
        watch.close();
    }
}
