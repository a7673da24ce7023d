package dev.videosession.server.internal.router.janus.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory that only the user of this process can read. It is locked while this process lives: a directory
 * without a lock was left by a process that was killed.
 */
final class PrivateDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);

    private static final String PREFIX = "videosession-janus-";
    private static final String LOCK = "lock";

    /** A directory gets its lock within this time. */
    private static final Duration CREATION = Duration.ofMinutes(1);

    /** Those of this process. Opening the lock of one of them and closing it again would release it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private PrivateDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    private static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static FileAttribute<?> permissions(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** Makes an empty directory. */
    static PrivateDirectory create() throws IOException {
        Path path = Files.createTempDirectory(parent(), PREFIX, permissions("rwx------"));
        OWN.add(path);
        FileChannel lock = null;
        try {
            Path draft = path.resolve(LOCK + ".new");
            lock = FileChannel.open(
                    draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions("rw-------"));
            lock.lock();
            Files.move(draft, path.resolve(LOCK)); // is locked from its first moment
            return new PrivateDirectory(path, lock);
        } catch (IOException | RuntimeException e) {
            if (lock != null) {
                lock.close();
            }
            delete(path);
            OWN.remove(path);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    void write(String name, String text) throws IOException {
        Path file = Files.createFile(path.resolve(name), permissions("rw-------"));
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }

    /** Deletes the directory. A file that cannot be deleted is a warning. */
    @Override
    public void close() {
        delete(path);
        OWN.remove(path);
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("event=routerFilesNotUnlocked directory={} cause=\"{}\"", path, e.getMessage());
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("event=routerFilesLeft directory={} cause=\"{}\"", directory, e.getMessage());
        }
    }

    /** Deletes the directories of the same user whose process was killed, and ends a Janus that still runs in one. */
    void removeAbandoned() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent(), PREFIX + "*")) {
            UserPrincipal user = Files.getOwner(path);
            Instant now = Files.getLastModifiedTime(path).toInstant();
            for (Path each : found) {
                if (!OWN.contains(each) && isAbandoned(each, user, now)) {
                    remove(each);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("event=routerFilesNotSearched directory={} cause=\"{}\"", parent(), e.getMessage());
        }
    }

    private static boolean isAbandoned(Path directory, UserPrincipal user, Instant now) {
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                return false;
            }
            Path lock = directory.resolve(LOCK);
            if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
                Instant changed = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                return changed.isBefore(now.minus(CREATION));
            }
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    FileLock taken = channel.tryLock()) {
                return taken != null;
            }
        } catch (IOException e) {
            return false; // its owner has deleted it meanwhile, or it is not for this process to judge
        }
    }

    private static void remove(Path directory) {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
                .toList();
        orphans.forEach(ProcessHandle::destroyForcibly);
        delete(directory);
        LOG.info("event=routerFilesRemoved directory={} endedProcesses={}", directory, orphans.size());
    }
}
