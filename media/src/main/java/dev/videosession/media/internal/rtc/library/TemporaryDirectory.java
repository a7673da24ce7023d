package dev.videosession.media.internal.rtc.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory into which webrtc-java copies its native library before it loads it: {@code java.io.tmpdir}. The copy is
 * deleted as soon as it is loaded, but not if loading fails.
 */
final class TemporaryDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final String COPIES = "libwebrtc-java-*";

    /** The library has 16 to 24 MB, depending on the system. */
    private static final long NEEDED_BYTES = 32L << 20;

    private final Path path;
    private final Set<Path> before;

    private TemporaryDirectory(Path path) {
        this.path = path;
        this.before = copies();
    }

    /** {@return the directory of this process and its current content} */
    static TemporaryDirectory current() {
        return new TemporaryDirectory(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** {@return why the library cannot be loaded from here and what to do, or empty if it can be} */
    Optional<String> obstacle() {
        if (!Files.isDirectory(path) || !Files.isWritable(path)) {
            return Optional.of(advice("is not a directory that this process can write to"));
        }
        if (path.toFile().getUsableSpace() < NEEDED_BYTES) {
            return Optional.of(advice("has less than " + (NEEDED_BYTES >> 20) + " MB of free space"));
        }
        if (isMountedNoexec()) {
            return Optional.of(advice("is on a file system that is mounted with noexec"));
        }
        return Optional.empty();
    }

    private String advice(String what) {
        return "The native media library is copied to the directory for temporary files before it is loaded, and "
                + path + " " + what
                + ". Start the program with -Djava.io.tmpdir=DIRECTORY, naming one without this problem.";
    }

    private boolean isMountedNoexec() {
        try {
            return Files.isReadable(MOUNTS) && isNoexec(Files.readAllLines(MOUNTS), path.toRealPath());
        } catch (IOException e) {
            LOG.debug("event=mountOptionsUnknown directory=\"{}\"", path, e);
            return false;
        }
    }

    /**
     * Checks whether libraries cannot be loaded from a directory.
     *
     * @param mounts lines of {@code /proc/self/mountinfo}, see proc(5): the fifth field is the mount point, the sixth its options; a
     *     later line hides an earlier one of the same mount point
     * @param directory absolute, without links
     */
    static boolean isNoexec(List<String> mounts, Path directory) {
        int depth = -1;
        boolean noexec = false;
        for (String mount : mounts) {
            String[] fields = mount.split(" ", -1);
            if (fields.length < 6) {
                continue;
            }
            Path point = Path.of(fields[4].replace("\\040", " "));
            if (directory.startsWith(point) && point.getNameCount() >= depth) {
                depth = point.getNameCount();
                noexec = Arrays.asList(fields[5].split(",", -1)).contains("noexec");
            }
        }
        return noexec;
    }

    /** Deletes the copies of the library that were created after this object. */
    void deleteNewCopies() {
        Set<Path> left = copies();
        left.removeAll(before);
        for (Path copy : left) {
            try {
                Files.deleteIfExists(copy);
            } catch (IOException e) {
                LOG.warn("event=libraryCopyNotDeleted file=\"{}\"", copy, e);
            }
        }
    }

    private Set<Path> copies() {
        Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(path, COPIES)) {
            matching.forEach(found::add);
        } catch (IOException e) {
            LOG.debug("event=directoryNotListed directory=\"{}\"", path, e);
        }
        return found;
    }
}
