package dev.videosession.app.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the server, unpacked and run by a runtime without the modules of the desktop. */
class ServerArchiveIT {
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
    private static final String NO_DESKTOP =
            "-XX:TieredStopAtLevel=1 --limit-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,"
                    + "java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported";

    @TempDir
    private Path directory;

    private Path program;

    @BeforeEach
    void unpack() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            Path archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
            assertThat(run(List.of("tar", "-xzf", archive.toAbsolutePath().toString()))
                            .waitFor())
                    .isZero();
        }
        try (Stream<Path> files = Files.list(directory)) {
            program = files.filter(Files::isDirectory).findFirst().orElseThrow().resolve("bin/videosession");
        }
    }

    private Process run(List<String> command) throws IOException {
        return run(command, NO_DESKTOP);
    }

    private Process run(List<String> command, String options) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", options);
        return builder.redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    @Test
    void serverOfTheArchiveServesAndStops() throws Exception {
        Process server = run(List.of(program.toString(), "server", "--dev", "--port", "0"));
        try {
            await().until(() -> !server.isAlive() || LISTENING.matcher(output()).find());
            String address = LISTENING
                    .matcher(output())
                    .results()
                    .map((MatchResult line) -> line.group(1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(readErrors()));
            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        } finally {
            server.destroy();
        }
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isIn(0, 143);
    }

    /** The Java runtime refuses two collectors. */
    @Test
    void optionsMayNameACollector() throws Exception {
        Process help = run(List.of(program.toString(), "server", "--help"), NO_DESKTOP + " -XX:+UseParallelGC");
        assertThat(help.waitFor()).as(readErrors()).isZero();
    }

    /** The second line of the guide: the configuration of the archive is complete but for a project. */
    @Test
    void commandOfTheGuideReadsTheConfigurationOfTheArchive() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "guides", "install.md"));
        String line = guide.lines()
                .filter(each -> each.startsWith("videosession-server-VERSION/bin/"))
                .findFirst()
                .orElseThrow();
        String name = directory.relativize(program).getName(0).toString();
        Process refused =
                run(List.of(line.replace("videosession-server-VERSION", name).split(" ")));
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(readErrors()).contains("a server needs a project").doesNotContain("cannot read");
    }

    private String readErrors() {
        try {
            return Files.readString(directory.resolve("err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void mediaAndDesktopLibrariesAreNotDelivered() throws Exception {
        try (Stream<Path> files = Files.list(program.resolveSibling("../lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("signaling-server"))
                    .noneMatch(name -> name.matches("(media|webrtc|flatlaf|miglayout).*"));
        }
    }

    @Test
    void missingRuntimeIsNamed() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "server");
        builder.environment().put("JAVA_HOME", directory.toString());
        Process refused = builder.redirectErrorStream(true).start();

        String message = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(message).contains("JAVA_HOME must be the directory of a Java runtime");
    }
}
