package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks while each node that may be sending them is killed: all arrive, in order for each session, with a stable id. */
@Tag("faults")
class ClusterWebhookIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int NODES = 3;
    private static final int SESSIONS = 20;
    private static final int CLIENTS = 3;
    private static final Pattern ID = Pattern.compile("(.*):(\\d+):(\\d+)");

    @TempDir
    private Path directory;

    /** What arrived, in order. */
    private final List<Event> events = new ArrayList<>();

    /** An event by its id, and its body. */
    private record Event(String session, long sequence, int index, String body) {
        static Event of(String id, String body) {
            Matcher parts = ID.matcher(id);
            assertThat(parts.matches()).as(id).isTrue();
            return new Event(parts.group(1), Long.parseLong(parts.group(2)), Integer.parseInt(parts.group(3)), body);
        }

        boolean isAfter(Event other) {
            return sequence > other.sequence || (sequence == other.sequence && index > other.index);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("X-VideoSession-Event-Id");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (events) {
            events.add(Event.of(id, body));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private List<Event> received() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    private long count(String event) {
        Set<String> ids = new HashSet<>();
        received().stream()
                .filter(each -> each.body().contains("\"event\":\"" + event + "\""))
                .forEach(each -> ids.add(each.session() + each.sequence() + ":" + each.index()));
        return ids.size();
    }

    @Test
    void webhooksAreCompleteAndInOrderWhenTheirSendersAreKilled() throws Exception {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        backend.setExecutor(Executors.newFixedThreadPool(4));
        backend.createContext("/", this::receive);
        backend.start();
        Path projects = directory.resolve("projects");
        Files.writeString(
                projects,
                "project." + NodeProcesses.API_KEY + ".secrets = " + NodeProcesses.SECRET + "\nproject."
                        + NodeProcesses.API_KEY + ".webhook = http://127.0.0.1:"
                        + backend.getAddress().getPort() + "/events\n");
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES, "--projects", projects.toString())) {
            try (CheckedCrowd crowd = new CheckedCrowd()) {
                for (int node = 0; node < NODES; node++) {
                    crowd.join(nodes.uris(), SESSIONS, CLIENTS);
                    nodes.node(node).signal("KILL"); // while the events of those that have just joined are sent
                    crowd.signalUntilOnline(LIMIT);
                    nodes.start(node);
                }
            }
            long clients = (long) NODES * SESSIONS * CLIENTS;
            Awaitility.await("all events").atMost(LIMIT).untilAsserted(() -> {
                assertThat(count("connectionCreated")).isEqualTo(clients);
                assertThat(count("connectionDestroyed")).isEqualTo(clients);
                assertThat(count("sessionDestroyed")).isEqualTo((long) NODES * SESSIONS);
            });
            assertInOrder();
        } finally {
            backend.stop(0);
        }
    }

    /** An event that comes again has the same body; a new one comes after all earlier ones of its session. */
    private void assertInOrder() {
        Map<String, Event> last = new HashMap<>();
        Map<String, String> bodies = new HashMap<>();
        int repeated = 0;
        for (Event event : received()) {
            String known =
                    bodies.putIfAbsent(event.session() + ":" + event.sequence() + ":" + event.index(), event.body());
            if (known != null) {
                repeated++;
                assertThat(event.body()).isEqualTo(known);
                continue;
            }
            Event before = last.put(event.session(), event);
            assertThat(before == null || event.isAfter(before))
                    .as("%s came after %s", event, before)
                    .isTrue();
        }
        System.out.printf("event=clusterFault fault=webhooks events=%s repeated=%s%n", bodies.size(), repeated);
    }
}
