package dev.videosession.server.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that hold secrets: one secret in a file of its own, and a warning for those that every local user can read. */
public final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final int MAX_BYTES = 16 * 1024;

    private SecretFile() {}

    /**
     * Reads the secret that a file holds. A line break or other white space at either end is not part of the secret.
     * Logs a warning if {@linkplain #isExposed every user can read the file}.
     *
     * @param path the file
     * @return the secret, not empty
     * @throws IOException if the file cannot be read, is empty or has more than one line; the message names the file and
     *     never shows its content
     */
    public static String read(Path path) throws IOException {
        String secret = TextFile.read(path, MAX_BYTES).strip();
        if (secret.isEmpty()) {
            throw new IOException("cannot use " + path + ": it is empty, a secret is expected");
        }
        if (secret.lines().count() > 1) {
            throw new IOException("cannot use " + path + ": it has more than one line, one secret is expected");
        }
        warnIfExposed(path);
        return secret;
    }

    /**
     * Logs a warning if every user of the machine can read a file.
     *
     * @param path the file
     */
    public static void warnIfExposed(Path path) {
        if (isExposed(path)) {
            LOG.warn("event=secretsExposed file=\"{}\" advice=\"every user can read it: chmod o-r\"", path);
        }
    }

    /**
     * Tells whether every user of the machine can read a file.
     *
     * @param path the file
     * @return false also if the file system has no such permissions or the file is missing
     */
    public static boolean isExposed(Path path) {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
