package dev.videosession.app.cluster;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A {@code redis-server} and several servers that share it, each a process of its own. */
final class NodeProcesses implements AutoCloseable {
    static final String API_KEY = "47000001";
    static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final Path directory;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Child> servers = new ArrayList<>();
    private final int redisPort;
    private final List<String> options;
    private Child redis;

    /** With options of the servers beside those that every test needs. */
    NodeProcesses(Path directory, int count, String... options) throws IOException {
        this.directory = directory;
        this.options = List.of(options);
        this.redisPort = freePort();
        try {
            startRedis();
            for (int i = 0; i < count; i++) {
                ports.add(freePort());
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts Redis with what is on its disk. */
    void startRedis() throws IOException {
        redis = Child.start(
                "redis",
                directory,
                Map.of(),
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(redisPort),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        directory.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec"));
        Awaitility.await("redis-server answers").atMost(STARTING).until(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), redisPort), 500);
                socket.setSoTimeout(500);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                return socket.getInputStream().read() == '+';
            } catch (IOException e) {
                return false;
            }
        });
    }

    Child redis() {
        return redis;
    }

    private Child launch(int index) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx256m",
                Main.class.getName(),
                "server",
                "--port",
                Integer.toString(ports.get(index)),
                "--api-key",
                API_KEY,
                "--api-secret",
                SECRET,
                "--redis",
                "redis://127.0.0.1:" + redisPort,
                "--node-id",
                "node" + index,
                "--advertise",
                uri(index).toString()));
        command.addAll(options);
        return Child.java("node" + index, directory, Map.of(), command);
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
        if (redis != null) {
            redis.close();
        }
    }
}
