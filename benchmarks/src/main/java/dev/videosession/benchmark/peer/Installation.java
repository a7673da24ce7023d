package dev.videosession.benchmark.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Installs servers of other projects, in the versions that the files beside their sources name, from the npm registry and
 * from Maven Central. Done once for each state of the sources.
 */
public final class Installation {
    private final Path sources;
    private final Path target;

    /**
     * Makes an installation. Nothing is done before a server is asked for.
     *
     * @param sources a directory for each server
     * @param target where to install them
     */
    public Installation(Path sources, Path target) {
        this.sources = sources;
        this.target = target;
    }

    /** The directory of a server for Node, with its packages. */
    Path node(String name) {
        Path home = target.resolve(name);
        if (copy(name)) {
            run(home, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            installed(name);
        }
        return home;
    }

    /** The class path of a server in Java, compiled. */
    String java(String name, String source) {
        Path home = target.resolve(name);
        String classPath = home.resolve("libraries") + "/*:" + home.resolve("classes");
        if (copy(name)) {
            run(home, List.of("mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=libraries"));
            String javac =
                    Path.of(System.getProperty("java.home"), "bin", "javac").toString();
            run(home, List.of(javac, "-d", "classes", "-cp", "libraries/*", source));
            installed(name);
        }
        return classPath;
    }

    /** Copies the sources. Tells whether they changed. */
    private boolean copy(String name) {
        Path home = target.resolve(name);
        boolean changed = !Files.exists(mark(name));
        try {
            Files.createDirectories(home);
            for (Path source : list(sources.resolve(name))) {
                Path copy = home.resolve(source.getFileName());
                if (!Files.exists(copy) || Files.mismatch(source, copy) >= 0) {
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                    changed = true;
                }
            }
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Path mark(String name) {
        return target.resolve(name).resolve(".installed");
    }

    private void installed(String name) {
        try {
            Files.writeString(mark(name), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path directory, List<String> command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(
                            directory.resolve("install.log").toFile()))
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed in " + directory
                        + ". Its output is in install.log there.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
