package dev.videosession.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.testsupport.JavaPrograms;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles programs against the artifacts and runs them in processes of their own. */
final class Programs {
    /** File names of the session SDK and of what it needs. */
    static final Pattern SDK =
            Pattern.compile("(session-sdk|media|signaling-protocol|okhttp-jvm|okio-jvm|kotlin-stdlib|moshi"
                    + "|rxjava|reactive-streams|webrtc-java|slf4j-api|jspecify)-[0-9].*\\.jar");

    /** File names of the signaling server and of what it needs. */
    static final Pattern SERVER = Pattern.compile("(signaling-server|signaling-protocol|netty-.*|java-jwt|jackson-.*"
            + "|micrometer-.*|prometheus-.*|HdrHistogram|LatencyUtils|moshi|okio-jvm|kotlin-stdlib"
            + "|lettuce-core|redis-authx-core|reactor-core|reactive-streams"
            + "|slf4j-api|jspecify)-[0-9].*\\.jar");

    private static final Path SOURCES = Path.of("src/test/resources/programs");
    private static final int LONGEST_RUN_SECONDS = 60;

    private Programs() {}

    /** {@return the artifacts with these file names on the class path of the tests, as a path for Java} */
    static String artifacts(Pattern names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        names.matcher(Path.of(entry).getFileName().toString()).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    static String path(Object... entries) {
        return String.join(
                File.pathSeparator, Arrays.stream(entries).map(Object::toString).toList());
    }

    /** Compiles the Java sources of a program, without its module descriptor if it is not modular. */
    static Path compile(String program, boolean modular, Path directory, String path) throws Exception {
        Path output = directory.resolve(program + (modular ? "-modular" : ""));
        try (Stream<Path> files = Files.walk(source(program))) {
            Stream<String> sources = files.map(Path::toString)
                    .filter(name -> name.endsWith(".java") && (modular || !name.endsWith("module-info.java")));
            run(Stream.concat(
                            JavaPrograms.tool(
                                    "javac", modular ? "--module-path" : "--class-path", path, "-d", output.toString())
                                    .stream(),
                            sources)
                    .toList());
        }
        return output;
    }

    static Path source(String program) {
        return SOURCES.resolve(program);
    }

    /**
     * Starts a server and runs a program with its address, an API key, a session id and two tokens as arguments.
     *
     * @param command starts the program
     * @param settings settings of the server
     * @return the program's standard output
     */
    static String call(List<String> command, UnaryOperator<SignalingServerBuilder> settings) throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        SessionId id = backend.newSession(true);
        try (SignalingServer server =
                settings.apply(SignalingServer.builder().project(project)).start()) {
            return run(Stream.concat(
                            command.stream(),
                            Stream.of(
                                    server.uri().toString(),
                                    String.valueOf(project.apiKey()),
                                    id.value(),
                                    backend.token(id, Role.SUBSCRIBER, "watching"),
                                    backend.token(id, Role.PUBLISHER, "sending")))
                    .toList());
        }
    }

    /** {@return the standard output of a program that must succeed} */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("errors", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(() -> command.get(0) + ": " + output + read(errors))
                    .isZero();
            return output;
        } finally {
            process.destroyForcibly();
            Files.delete(errors);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
