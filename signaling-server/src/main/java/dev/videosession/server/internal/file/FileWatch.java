package dev.videosession.server.internal.file;

import dev.videosession.server.file.TextFile;
import dev.videosession.server.internal.memory.OutOfMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads files again when their content has changed and is the same at two looks, because a file that has just changed may
 * still be being written. Compares the content, not the time of the file, because files that are mounted into a container
 * change behind symbolic links. Files that cannot be loaded change nothing: the failure is logged once and reported.
 * Thread-safe.
 */
public final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Supplier<List<Path>> files;
    private final Target target;
    private final ScheduledExecutorService timer;
    private String loaded;
    private String seen;
    private String failure = "";
    private boolean broken; // what was read last could not be used

    /** Loads the content of the files. */
    public interface Target {
        /**
         * Reads the files and uses what they say. Called on the thread of the watch, or on that of the caller of
         * {@link FileWatch#reload}.
         *
         * @throws IOException if the files cannot be used; nothing may have changed then
         */
        void load() throws IOException;

        /**
         * Reports how loading a changed content ended.
         *
         * @param success false if the files cannot be used and the old content stays in use
         */
        default void reloaded(boolean success) {}

        /** Called after each look at the files, whether or not they had changed. */
        default void looked() {}

        /** {@return the name of this kind of files, for the log and the thread} */
        String name();
    }

    /**
     * Loads the files and watches them from then on.
     *
     * @param files the files
     * @param target loads them
     * @param period between two looks, at least 1 ms
     * @throws IOException if the files cannot be loaded now; the message names the file
     */
    public FileWatch(List<Path> files, Target target, Duration period) throws IOException {
        this(always(files), target, period);
    }

    private static Supplier<List<Path>> always(List<Path> files) {
        List<Path> copy = List.copyOf(files);
        return () -> copy;
    }

    /**
     * Loads files that name each other and watches them from then on.
     *
     * @param files the files, asked for at every look
     * @param target loads them
     * @param period between two looks, at least 1 ms
     * @throws IOException if the files cannot be loaded now; the message names the file
     */
    public FileWatch(Supplier<List<Path>> files, Target target, Duration period) throws IOException {
        this.files = files;
        this.target = target;
        this.loaded = digest();
        this.seen = loaded;
        target.load();
        this.timer = OutOfMemory.newTimer(task -> {
            Thread thread = new Thread(task, target.name() + "-files");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        try {
            String found = digest();
            if (found.equals(seen)) {
                loadIfChanged(found, false);
            }
            seen = found;
            failure = "";
            target.looked();
        } catch (IOException | RuntimeException e) {
            if (!failure.equals(e.toString())) {
                failure = e.toString();
                LOG.error("event=notReloaded what={} reason=\"{}\"", target.name(), e.getMessage());
                target.reloaded(false);
            }
        }
    }

    /**
     * Looks now, and loads the files if their content has changed.
     *
     * @return true if they were loaded
     * @throws IOException if the content has changed since it was last used and cannot be loaded; each call tries it again
     */
    public synchronized boolean reload() throws IOException {
        try {
            return loadIfChanged(digest(), true);
        } catch (IOException | RuntimeException e) {
            target.reloaded(false);
            throw e;
        }
    }

    private boolean loadIfChanged(String found, boolean retryBroken) throws IOException {
        if (found.equals(loaded) && !(broken && retryBroken)) {
            return false;
        }
        loaded = found;
        broken = true;
        target.load();
        broken = false;
        target.reloaded(true);
        LOG.info("event=reloaded what={}", target.name());
        return true;
    }

    private String digest() throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files.get()) {
            try {
                digest.update(Files.readAllBytes(file));
                digest.update((byte) 0);
            } catch (IOException e) {
                throw new IOException("cannot read " + file + ": " + TextFile.reason(file, e), e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Stops watching; what was loaded last stays in use. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
