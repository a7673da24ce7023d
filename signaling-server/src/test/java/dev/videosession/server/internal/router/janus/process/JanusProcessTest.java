package dev.videosession.server.internal.router.janus.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JanusProcessTest {
    private static final Path JANUS = Path.of("/usr/bin/janus");

    @TempDir
    private Path scratch;

    private static JanusProcess start(JanusSettings settings) throws IOException {
        return JanusProcess.start(settings, TimeSource.system(), reason -> {});
    }

    @Test
    void janusOfAKilledServerEndsAndTheNextStartDeletesItsFiles() throws Exception {
        Process server = new ProcessBuilder(JavaPrograms.java(JanusHolder.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (JanusProcess neighbour = start(new JanusSettings(JANUS))) {
            String printed = server.inputReader()
                    .lines()
                    .filter(line -> line.startsWith("/"))
                    .findFirst()
                    .orElseThrow();
            Path directory = Path.of(printed.substring(0, printed.indexOf(' ')));
            ProcessHandle janus = ProcessHandle.of(Long.parseLong(printed.substring(printed.indexOf(' ') + 1)))
                    .orElseThrow();
            start(new JanusSettings(JANUS)).close();
            assertThat(directory).as("of a server that lives").exists();

            server.destroyForcibly();
            await("Janus ends with its server").until(() -> !janus.isAlive());
            start(new JanusSettings(JANUS)).close();
            assertThat(directory).doesNotExist();
            assertThat(neighbour.directory()).exists();
            assertThat(neighbour.handle().isAlive()).isTrue();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void orphanInAnAbandonedDirectoryIsEnded() throws Exception {
        Path abandoned = Files.createTempDirectory("videosession-janus-");
        Files.createFile(abandoned.resolve("lock"));
        Process orphan =
                new ProcessBuilder("tail", "-f", abandoned.resolve("lock").toString()).start();
        try (PrivateDirectory own = PrivateDirectory.create()) {
            await().until(() -> orphan.info().commandLine().orElse("").contains("tail"));
            own.removeAbandoned();
            assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(abandoned).doesNotExist();
            assertThat(own.path()).exists();
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void linksAndDirectoriesThatAreBeingMadeStay() throws Exception {
        Path target = Files.createDirectory(scratch.resolve("target"));
        Files.createFile(target.resolve("lock"));
        Path link = Path.of(System.getProperty("java.io.tmpdir"), "videosession-janus-link" + System.nanoTime());
        Files.createSymbolicLink(link, target);
        Path young = Files.createTempDirectory("videosession-janus-");
        try (PrivateDirectory own = PrivateDirectory.create()) {
            own.removeAbandoned();
            assertThat(target.resolve("lock")).exists();
            assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
            assertThat(young).exists();
        } finally {
            Files.delete(link);
            Files.delete(young);
        }
    }

    @Test
    void endTellsTheSignalAndTheLastErrors() throws Exception {
        Path bin = Files.createDirectories(scratch.resolve("bin"));
        Path modules;
        try (JanusProcess real = start(new JanusSettings(JANUS))) {
            modules = real.directory()
                    .resolve("plugins/libjanus_videoroom.so")
                    .toRealPath()
                    .getParent()
                    .getParent();
        }
        Files.createSymbolicLink(Files.createDirectories(scratch.resolve("lib")).resolve("janus"), modules);
        Path program = Files.createFile(
                bin.resolve("janus"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(program, """
                #!/bin/sh
                echo '(process:1): GLib-ERROR **: creating thread: Resource temporarily unavailable'
                kill -ABRT $$
                """);
        CompletableFuture<String> reason = new CompletableFuture<>();
        JanusProcess.start(new JanusSettings(program), TimeSource.system(), reason::complete);
        assertThat(reason.get(5, TimeUnit.SECONDS))
                .isEqualTo("Janus ended by signal 6 (SIGABRT), after: (process:1): GLib-ERROR **: creating thread:"
                        + " Resource temporarily unavailable");
    }

    @Test
    void portThatAnotherProgramTookEndsJanusAtOnce() throws Exception {
        CompletableFuture<String> reason = new CompletableFuture<>();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JanusProcess.start(new JanusSettings(JANUS), taken.getLocalPort(), TimeSource.system(), reason::complete);
            assertThat(reason.get(5, TimeUnit.SECONDS)).startsWith("Janus ended with status 1");
        }
    }

    @Test
    void interfaceThatTheMachineDoesNotHaveIsRefused() {
        JanusSettings settings = new JanusSettings(JANUS, 0, 0, List.of(), false, List.of("nope0"));
        assertThatIOException().isThrownBy(() -> start(settings)).withMessageContaining("nope0");
    }
}
