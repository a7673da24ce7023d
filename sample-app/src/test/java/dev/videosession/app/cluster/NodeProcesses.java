package dev.videosession.app.cluster;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A {@code redis-server} and several servers that share it, each a process of its own. */
final class NodeProcesses implements AutoCloseable {
    static final String API_KEY = "47000001";
    static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final Path directory;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Child> servers = new ArrayList<>();
    private final List<CutPath> paths = new ArrayList<>();
    private final List<Long> clocks;
    private final List<String> options;
    private final @Nullable RedisProcess redis;
    private final String redisUrl;
    private final Path secretFile;

    /**
     * With a Redis of their own, and options of the servers beside those that every test needs. Options that begin with {@code -X}
     * are those of their virtual machines.
     */
    NodeProcesses(Path directory, int count, String... options) throws IOException {
        this(directory, count, RedisProcess.withSecret("redis", directory), "", false, List.of(), List.of(options));
    }

    /** Nodes with a Redis of their own, and wall clocks that are ahead of that of this machine by some seconds, or behind it. */
    static NodeProcesses withClocks(Path directory, Long... offsets) throws IOException {
        return new NodeProcesses(
                directory,
                offsets.length,
                RedisProcess.withSecret("redis", directory),
                "",
                false,
                List.of(offsets),
                List.of());
    }

    /** Nodes with a Redis of their own, whose ways to it can be cut. They do not warm up. */
    static NodeProcesses withPaths(Path directory, int count) throws IOException {
        return new NodeProcesses(
                directory,
                count,
                RedisProcess.withSecret("redis", directory),
                "",
                true,
                List.of(),
                List.of("--warm-up", "0"));
    }

    /** A server of one process, without Redis. */
    static NodeProcesses single(Path directory, String... options) throws IOException {
        return new NodeProcesses(directory, 1, null, "", false, List.of(), List.of(options));
    }

    /** Nodes with a Redis that runs already. */
    static NodeProcesses at(Path directory, int count, String redisUrl) throws IOException {
        return new NodeProcesses(directory, count, null, redisUrl, false, List.of(), List.of());
    }

    private NodeProcesses(
            Path directory,
            int count,
            @Nullable RedisProcess redis,
            String redisUrl,
            boolean withPaths,
            List<Long> clocks,
            List<String> options)
            throws IOException {
        this.directory = directory;
        this.redis = redis;
        this.redisUrl = redis == null ? redisUrl : "redis://127.0.0.1:" + redis.port();
        this.clocks = clocks;
        this.options = options;
        this.secretFile = directory.resolve("redis-secret");
        try {
            Files.writeString(secretFile, RedisProcess.SECRET + "\n");
            for (int i = 0; i < count; i++) {
                ports.add(FreePorts.next());
                if (withPaths && redis != null) {
                    paths.add(new CutPath(redis.port()));
                }
                servers.add(launch(i));
            }
            for (int i = 0; i < count; i++) {
                awaitReady(i);
            }
        } catch (IOException | RuntimeException | Error e) {
            close(); // the caller has nothing to close
            throw e;
        }
    }

    RedisProcess redis() {
        return Objects.requireNonNull(redis);
    }

    /** The way of a node to Redis. */
    CutPath path(int index) {
        return paths.get(index);
    }

    private Child launch(int index) throws IOException {
        List<String> command = new ArrayList<>(List.of("-Xmx256m"));
        String url = paths.isEmpty()
                ? redisUrl
                : "redis://127.0.0.1:" + paths.get(index).port();
        String name = "node" + index;
        String port = Integer.toString(ports.get(index));
        if (!clocks.isEmpty()) {
            command.addAll(List.of(NodeWithClock.class.getName(), port, url, name, Long.toString(clocks.get(index))));
            return Child.java(name, directory, Map.of(), command);
        }
        options.stream().filter(NodeProcesses::isOfMachine).forEach(command::add);
        command.addAll(List.of(Main.class.getName(), "server", "--port", port));
        if (!url.isEmpty()) {
            command.addAll(List.of("--redis", url, "--node-id", name));
            if (redis != null) {
                command.addAll(List.of("--redis-secret-file", secretFile.toString()));
            }
            command.addAll(List.of("--advertise", uri(index).toString()));
        }
        if (!options.contains("--projects")) {
            command.addAll(List.of("--api-key", API_KEY, "--api-secret", SECRET));
        }
        options.stream().filter(option -> !isOfMachine(option)).forEach(command::add);
        return Child.java(name, directory, Map.of(), command);
    }

    private static boolean isOfMachine(String option) {
        return option.startsWith("-X");
    }

    /** Starts a node again, at its port. */
    void start(int index) throws IOException {
        servers.set(index, launch(index));
        awaitReady(index);
    }

    private void awaitReady(int index) {
        servers.get(index).line("ready", STARTING, line -> line.startsWith("listening on "));
        Awaitility.await("node " + index + " is ready").atMost(STARTING).until(() -> health(index) == 200);
    }

    /** The status of a node's {@code /health}, 0 if it does not answer. */
    int health(int index) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri(index) + "/health"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The node whose media router has publications, -1 if none has. */
    int routerOwner() throws IOException, InterruptedException {
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).isAlive() && metric(i, "videosession_router_publishers") > 0) {
                return i;
            }
        }
        return -1;
    }

    /** How many publications and subscriptions the media routers of all nodes have. */
    int routerLinks() throws IOException, InterruptedException {
        int links = 0;
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).isAlive()) {
                links += (int) metric(i, "videosession_router_publishers");
                links += (int) metric(i, "videosession_router_subscribers");
            }
        }
        return links;
    }

    /** The sum of the values of a metric. */
    double metric(int index, String name) throws IOException, InterruptedException {
        HttpResponse<String> metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri(index) + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The processor time that the servers have used, without that of Redis. */
    Duration cpuTime() {
        return servers.stream()
                .map(server -> ProcessHandle.of(server.pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    Child node(int index) {
        return servers.get(index);
    }

    int count() {
        return servers.size();
    }

    URI uri(int index) {
        return URI.create("http://127.0.0.1:" + ports.get(index));
    }

    List<URI> uris() {
        List<URI> uris = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            uris.add(uri(i));
        }
        return uris;
    }

    @Override
    public void close() {
        servers.forEach(Child::close);
        for (CutPath path : paths) {
            try {
                path.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (redis != null) {
            redis.close();
        }
    }
}
