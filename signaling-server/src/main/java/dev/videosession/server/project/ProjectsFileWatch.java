package dev.videosession.server.project;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a {@link ProjectsFile} again when its content has changed and is the same at two looks, so that secrets rotate
 * without a restart. Looks
 * at the content, not at the time of the file, because secrets that are mounted into a container change behind links. A
 * file that is wrong or gone changes nothing; the log says why. Thread-safe.
 */
public final class ProjectsFileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectsFileWatch.class);

    private final ProjectsFile file;
    private final Projects projects;
    private final ScheduledExecutorService timer;
    private String loaded;
    private String seen;
    private String failure = "";

    /**
     * Loads the file and watches it from then on.
     *
     * @param file the file
     * @param projects which follow it
     * @param period between two looks, at least 1 ms
     * @throws IOException if the file cannot be loaded now
     */
    public ProjectsFileWatch(ProjectsFile file, Projects projects, Duration period) throws IOException {
        this.file = file;
        this.projects = projects;
        this.loaded = digest();
        this.seen = loaded;
        file.loadInto(projects);
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "projects-file");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What has just changed may still be being written. */
    private synchronized void look() {
        try {
            String found = digest();
            if (found.equals(seen)) {
                reload();
            }
            seen = found;
            failure = "";
        } catch (IOException | RuntimeException e) {
            if (!failure.equals(e.toString())) {
                failure = e.toString();
                LOG.error("event=projectsNotLoaded file={}", file.path(), e);
            }
        }
    }

    /**
     * Looks now.
     *
     * @return true if the content had changed and was loaded
     * @throws IOException if the content has changed and cannot be loaded; the same content is not tried again
     */
    public synchronized boolean reload() throws IOException {
        String found = digest();
        if (found.equals(loaded)) {
            return false;
        }
        loaded = found;
        file.loadInto(projects);
        LOG.info("event=projectsLoaded file={}", file.path());
        return true;
    }

    private String digest() throws IOException {
        try {
            byte[] content = Files.readAllBytes(file.path());
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Stops watching; the projects stay as they are. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
