package dev.videosession.server.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small text files. Every error message names the file and says what is wrong with it, on one line. */
public final class TextFile {
    private TextFile() {}

    /**
     * Reads a whole file as UTF-8.
     *
     * @param path the file
     * @param maxBytes the longest accepted file
     * @return its text
     * @throws IOException if the file is missing, unreadable, a directory, too long or not UTF-8
     */
    public static String read(Path path, int maxBytes) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw new IOException("cannot read " + path + ": " + reason(path, e), e);
        }
        if (bytes.length > maxBytes) {
            throw new IOException("cannot use " + path + ": it is longer than " + maxBytes + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("cannot use " + path + ": it is not UTF-8 text", e);
        }
    }

    /**
     * Says why a file operation failed, for error messages.
     *
     * @param path the file
     * @param failure what the operation threw
     * @return a phrase without the file's name where the kind of failure is known
     */
    public static String reason(Path path, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (Files.isDirectory(path)) {
            return "it is a directory";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
