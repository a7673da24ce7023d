package dev.videosession.app.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The main sources of a module. */
final class Sources {
    private Sources() {}

    /**
     * A Java file.
     *
     * @param path relative to the module, as the tests see it
     * @param text its content
     */
    record Source(Path path, String text) {}

    /** {@return the Java files of a module, without tests} */
    static Stream<Source> of(String module) {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).map(Sources::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(Path path) {
        try {
            return new Source(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
