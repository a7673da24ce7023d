package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of {@code src/test/js} under Node, with the packages that its lock file names. They are installed once into
 * {@code target/js}.
 */
final class NodeProgram implements AutoCloseable {
    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path HOME = Path.of("target", "js");
    private static final long INSTALL_MINUTES = 5;

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    NodeProgram(String script, List<String> arguments) {
        try {
            install();
            List<String> command = new ArrayList<>(List.of("node", script));
            command.addAll(arguments);
            process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectError(HOME.resolve(script + ".err").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("node and npm are needed, see scripts/prerequisites.sh", e);
        }
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    private static void install() throws IOException {
        Files.createDirectories(HOME);
        try (FileChannel lock =
                FileChannel.open(HOME.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Path wanted = SOURCES.resolve("package-lock.json");
            Path installed = HOME.resolve("installed.json");
            if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
                copySources();
                run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
                Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
            }
            copySources();
        }
    }

    private static void copySources() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : (Iterable<Path>) sources::iterator) {
                Files.copy(source, HOME.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void run(String... command) throws IOException {
        Path log = HOME.resolve("npm.log");
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s: %s", String.join(" ", command), Files.readString(log))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Sends a line and returns the line that answers it. */
    String ask(String line) {
        try {
            in.write(line + "\n");
            in.flush();
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end of the program and returns what it printed, with what it reported as errors. */
    List<String> outputOf(int expectedStatus, long seconds) throws Exception {
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        List<String> lines = out.lines().toList();
        assertThat(ended ? process.exitValue() : "still running")
                .as("%s%n%s", String.join("\n", lines), errors())
                .isEqualTo(expectedStatus);
        return lines;
    }

    private static String errors() throws IOException {
        try (Stream<Path> files = Files.list(HOME)) {
            StringBuilder text = new StringBuilder();
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".err"))::iterator) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
