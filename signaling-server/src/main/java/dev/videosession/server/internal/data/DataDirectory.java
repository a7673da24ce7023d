package dev.videosession.server.internal.data;

import dev.videosession.server.file.TextFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The directory in which one server keeps its data. Locked, so that two servers cannot share it. */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens a directory, which is created if it is missing, and locks it.
     *
     * @param path where it is
     * @return to be closed when the server ends
     * @throws IOException if it cannot be used, or another server uses it; the message names it
     */
    public static DataDirectory open(Path path) throws IOException {
        FileChannel channel;
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, ownerOnly(path));
            }
            channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("cannot use the data directory " + path + ": " + TextFile.reason(path, e), e);
        }
        FileLock held = tryLock(path, channel);
        if (held == null) {
            channel.close();
            throw new IOException("cannot use the data directory " + path
                    + ": another server uses it. Stop that one, or give each server a directory of its own");
        }
        return new DataDirectory(path, channel);
    }

    private static @Nullable FileLock tryLock(Path path, FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // by another server in this process
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot lock the data directory " + path + ": " + e.getMessage(), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Syncs the directory, so that created and renamed files survive a power failure. */
    void force() throws IOException {
        try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                throw e;
            }
            // some systems cannot open a directory
        }
    }

    /** Unlocks the directory. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
