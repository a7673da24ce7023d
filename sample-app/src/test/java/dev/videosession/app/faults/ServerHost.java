package dev.videosession.app.faults;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server in a separate process that is suspended, killed, and started again on the same port. */
final class ServerHost implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final String READY = "listening on ";

    /** What the operating system and the server itself hold at a moment. */
    record Holdings(long process, long descriptors, long threads, Map<String, Double> gauges) {}

    private final Path directory;
    private final Project project = Backend.newProject();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Child process;
    private URI url;
    private int starts;

    ServerHost(Path directory) throws IOException {
        this.directory = directory;
        start(String.valueOf(FreePorts.next())); // no other program is given it between two starts
    }

    private void start(String port) throws IOException {
        starts++;
        process = Child.java(
                "server-" + starts,
                directory,
                Map.of("VIDEOSESSION_LOG", "INFO"),
                List.of(
                        Main.class.getName(),
                        "server",
                        "--port",
                        port,
                        "--api-key",
                        String.valueOf(project.apiKey()),
                        "--api-secret",
                        project.signingSecret()));
        url = URI.create(
                process.line("ready", STARTING, line -> line.startsWith(READY)).substring(READY.length()));
    }

    /** Starts it again where it was; returns when it listens. */
    void startAgain() throws IOException {
        start(String.valueOf(url.getPort()));
    }

    URI url() {
        return url;
    }

    Backend backend() {
        return new Backend(project);
    }

    /** A token that opens a session for some time. */
    String token(String session, Role role, Duration lifetime) {
        return new TokenIssuer(project).jwt(new ClientToken(new SessionId(session), role, "raw", lifetime));
    }

    void freeze() throws IOException, InterruptedException {
        process.signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        process.signal("CONT");
    }

    /** Ends it without warning. */
    void kill() throws IOException, InterruptedException {
        process.signal("KILL");
        process.exitCode();
    }

    /** Asks it to end, and returns its exit code. */
    int terminate() throws InterruptedException {
        return process.terminate();
    }

    /** Counts what it holds; the connection that asks for it is among the sockets. */
    Holdings holdings() throws IOException, InterruptedException {
        Map<String, Double> gauges = metrics("videosession_connections", "videosession_streams", "videosession_links");
        try (Stream<Path> descriptors = Files.list(proc("fd"));
                Stream<Path> threads = Files.list(proc("task"))) {
            return new Holdings(process.pid(), descriptors.count(), threads.count(), gauges);
        }
    }

    private Path proc(String what) {
        return Path.of("/proc", String.valueOf(process.pid()), what);
    }

    double metric(String name) throws IOException, InterruptedException {
        return metrics(name).getOrDefault(name, 0.0);
    }

    private Map<String, Double> metrics(String... wanted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        List<String> names = List.of(wanted);
        return body.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .filter(words -> names.contains(words[0]))
                .collect(Collectors.toMap(words -> words[0], words -> Double.valueOf(words[1])));
    }

    @Override
    public void close() {
        process.close();
    }
}
