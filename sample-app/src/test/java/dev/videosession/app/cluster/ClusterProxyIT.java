package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes behind nginx, with the configuration of the guide. Clients know nothing but its address. */
@Tag("faults")
class ClusterProxyIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int NODES = 3;

    @TempDir
    private Path directory;

    /** The example without TLS, with ports of this machine. */
    private Child nginx(NodeProcesses nodes, int port) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "proxies", "nginx-cluster.conf"));
        StringBuilder temporary = new StringBuilder("http {\n    access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            temporary
                    .append(kind)
                    .append("_temp_path ")
                    .append(directory.resolve(kind))
                    .append(";\n");
        }
        text = text.replace("http {\n", temporary)
                .replace("listen 443 ssl", "listen 127.0.0.1:" + port)
                .replaceAll("(?m)^\\s*ssl_.*$", "");
        for (int i = 0; i < NODES; i++) {
            String example = "10.0.0.1" + (i + 1) + ":8080";
            assertThat(text).contains(example);
            text = text.replace(example, "127.0.0.1:" + nodes.uri(i).getPort());
        }
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, text);
        return Child.start(
                "nginx",
                directory,
                Map.of(),
                List.of(
                        "/usr/sbin/nginx",
                        "-p",
                        directory.toString(),
                        "-c",
                        file.toString(),
                        "-e",
                        "stderr",
                        "-g",
                        "daemon off; pid " + directory.resolve("nginx.pid") + ";"));
    }

    private static int status(URI proxy) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(proxy.resolve("/health"))
                                    .timeout(Duration.ofSeconds(2))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void clientsOfOneAddressGoOnWhenNodesStopAndDie() throws Exception {
        int port = FreePorts.next();
        URI proxy = URI.create("http://127.0.0.1:" + port);
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES);
                Child nginx = nginx(nodes, port);
                CheckedCrowd crowd = new CheckedCrowd()) {
            Awaitility.await("nginx answers").atMost(LIMIT).until(() -> status(proxy) == 200);
            crowd.join(List.of(proxy), 10, 10);
            crowd.signal();
            nodes.node(0).signal("KILL");
            crowd.signalUntilOnline(LIMIT);
            assertThat(nodes.node(1).terminate()).isZero();
            crowd.signalUntilOnline(LIMIT);
            assertThat(nginx.isAlive()).isTrue();
            crowd.check();
            System.out.printf("event=clusterFault fault=nginx absence99Millis=%s%n", crowd.absence99());
        }
    }
}
