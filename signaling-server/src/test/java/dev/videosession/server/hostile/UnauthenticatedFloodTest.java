package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.Bystanders;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.testsupport.JavaPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unauthenticated sockets open sockets as fast as a processor core can, and those with a token notice nothing. */
@Timeout(180)
class UnauthenticatedFloodTest {
    private static final Logger LOG = LoggerFactory.getLogger(UnauthenticatedFloodTest.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Half of the unauthenticated sockets. Both halves share one core. */
    private static final class Half implements AutoCloseable {
        private final Process process;
        private final PrintWriter commands;
        private final BufferedReader answers;

        Half(SignalingServer server, int count, int part, int addresses) throws IOException {
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
                command.addAll(List.of("/usr/bin/taskset", "-c", "0"));
            }
            command.addAll(List.of(
                    JavaPrograms.path("java"),
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FloodProcess.class.getName(),
                    Integer.toString(server.port()),
                    Integer.toString(count),
                    Integer.toString(part),
                    Integer.toString(addresses)));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        long ask(String command) throws IOException {
            commands.println(command);
            return Long.parseLong(answers.readLine());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Does something over and over, and notes how long it takes. */
    private static final class Series implements AutoCloseable {
        private final String name;
        private final List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        private final Thread thread;
        private volatile boolean enough;
        private volatile Throwable failure;

        Series(String name, Callable<?> step) {
            this.name = name;
            this.thread = new Thread(() -> run(step), name);
            thread.start();
        }

        private void run(Callable<?> step) {
            try {
                while (!enough) {
                    long start = System.nanoTime();
                    step.call();
                    millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (Throwable e) {
                failure = e;
            }
        }

        List<Long> finish() throws InterruptedException {
            enough = true;
            thread.join();
            if (failure != null) {
                throw new AssertionError(name + ": " + failure.getMessage(), failure);
            }
            List<Long> sorted = new ArrayList<>(millis);
            Collections.sort(sorted);
            LOG.info(
                    "event=series name=\"{}\" count={} medianMillis={} maxMillis={}",
                    name,
                    sorted.size(),
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() - 1));
            return sorted;
        }

        @Override
        public void close() {
            enough = true;
        }
    }

    @Test
    void floodOfHundredsDoesNotAffectClients() throws Exception {
        ServerLimits limits = ServerLimits.builder()
                .unauthenticatedSockets(200)
                .unauthenticatedSocketsPerAddress(50)
                .build();
        play(limits, 500, 10, 30, 100, 500_000);
    }

    @Test
    @Tag("faults")
    void floodOfTwentyThousandDoesNotAffectClients() throws Exception {
        play(ServerLimits.builder().build(), 10_000, 50, 300, 600, 200_000);
    }

    /** Lasts until the established clients have said so many words while the unauthenticated sockets idle and while they reconnect. */
    private static void play(
            ServerLimits limits, int half, int addresses, int idleWords, int floodWords, long limitMicros)
            throws Exception {
        Bystanders.rehearse();
        try (ServerFixture fixture = new ServerFixture(builder ->
                        builder.limits(limits).admin("127.0.0.1", 0).timings(new Timings(3000, 60_000, 20_000)));
                Bystanders bystanders = new Bystanders(fixture);
                Half first = new Half(fixture.server, half, 1, addresses);
                Half second = new Half(fixture.server, half, 2, addresses)) {
            HttpClient http = HttpClient.newHttpClient();
            URI health = URI.create("http://127.0.0.1:"
                    + fixture.server.adminAddress().orElseThrow().getPort() + "/health");
            awaitWords(bystanders, 100);
            Bystanders.Latency quiet = bystanders.latency();
            long bound = limitMicros + 2 * quiet.p99Micros(); // other programs may use the machine, too
            first.ask("idle");
            second.ask("idle");
            Series newClients = new Series("newClients", () -> enter(fixture));
            Series resumes = new Series("resumes", new Returning(fixture));
            Series checks = new Series("health", () -> check(http, health));
            try (newClients;
                    resumes;
                    checks) {
                awaitWords(bystanders, idleWords);
                Bystanders.Latency whileIdle = bystanders.latency();
                long start = System.nanoTime();
                long before = first.ask("reconnect") + second.ask("reconnect");
                awaitWords(bystanders, floodWords);
                long sockets = first.ask("stop") + second.ask("stop") - before;
                Bystanders.Latency flooded = bystanders.latency();
                LOG.info(
                        "event=flood unauthenticated={} socketsPerSecond={} quiet={} idle={} flooded={}",
                        2 * half,
                        sockets * 1000 / TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                        quiet,
                        whileIdle,
                        flooded);
                assertThat(newClients.finish()).hasSizeGreaterThan(10);
                assertThat(resumes.finish()).hasSizeGreaterThan(10);
                assertThat(checks.finish()).hasSizeGreaterThan(10);
                assertThat(flooded.p99Micros())
                        .as("signals of established clients")
                        .isLessThan(bound);
                assertThat(whileIdle.p99Micros())
                        .as("signals of established clients")
                        .isLessThan(bound);
                assertThat(sockets).isGreaterThan(limits.unauthenticatedSockets());
            }
            bystanders.assertUnharmed();
        }
    }

    private static void awaitWords(Bystanders bystanders, int count) {
        Awaitility.await("words").atMost(Duration.ofSeconds(60)).until(() -> bystanders.words() >= count);
    }

    private static Object enter(ServerFixture fixture) {
        try (TestClient client = new TestClient(fixture.http, fixture.server)) {
            client.connect(fixture.session, fixture.token(Role.SUBSCRIBER));
            client.send(new ClientMessage.Disconnect());
            return client.await(ServerMessage.Disconnected.class);
        }
    }

    /** A client that loses its socket and resumes. */
    private static final class Returning implements Callable<Object> {
        private final ServerFixture fixture;
        private final ConnectionId connection;
        private String key;
        private long sequence;
        private TestClient socket;
        private long id = 1;

        Returning(ServerFixture fixture) {
            this.fixture = fixture;
            this.socket = fixture.join(Role.PUBLISHER);
            this.connection = socket.id();
            this.key = socket.connected().resumeKey();
            this.sequence = socket.connected().roster().sequence();
        }

        @Override
        public Object call() {
            socket.breakSocket();
            socket = fixture.open();
            socket.send(new ClientMessage.Resume(++id, 1, fixture.session, connection, key, sequence));
            ServerMessage.Resumed resumed = socket.expect(ServerMessage.Resumed.class);
            key = resumed.resumeKey();
            sequence = resumed.sequence();
            socket.send(new Heartbeat());
            return resumed;
        }
    }

    private static Object check(HttpClient http, URI health) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }
}
