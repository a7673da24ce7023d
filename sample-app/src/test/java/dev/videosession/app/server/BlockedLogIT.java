package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.project.Project;
import dev.videosession.testsupport.JavaPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's log is a pipe without a reader, while unauthenticated sockets are refused: clients do not notice. */
class BlockedLogIT {
    private static final Logger LOG = LoggerFactory.getLogger(BlockedLogIT.class);
    private static final MessageCodec CODEC = new MessageCodec();
    private static final Project PROJECT = new Project(42, "0123456789abcdef0123456789abcdef");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int REST_CALLS = 6400;
    private static final long LONGEST_ECHO_MILLIS = 2000; // well below the silence deadline of 8 s

    private final HttpClient http = HttpClient.newHttpClient();
    private Process server;
    private URI uri;

    /** A client that is in the session and sends signals to itself. */
    private static final class Client implements WebSocket.Listener {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                received.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
        }

        ServerMessage await(String text) throws Exception {
            for (String next = received.poll(20, TimeUnit.SECONDS); ; next = received.poll(20, TimeUnit.SECONDS)) {
                assertThat(next).as("message with %s", text).isNotNull();
                if (next.contains(text)) {
                    return CODEC.decodeServer(next);
                }
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new ProcessBuilder(JavaPrograms.java(
                        Main.class.getName(),
                        "server",
                        "--port",
                        "0",
                        "--api-key",
                        "42",
                        "--log-level",
                        "debug", // which writes a line for each refused REST call
                        "--api-secret",
                        PROJECT.signingSecret()))
                .start(); // standard error is a pipe
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).startsWith("listening on ");
        uri = URI.create(line.substring("listening on ".length()));
    }

    @AfterEach
    void stop() {
        server.destroyForcibly();
    }

    private WebSocket open(Client client) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(uri.toString().replaceFirst("http", "ws") + "/v1/signaling"), client)
                .join();
    }

    private WebSocket connect(Client client, String token, SessionId session) {
        WebSocket socket = open(client);
        socket.sendText(CODEC.encodeClient(new ClientMessage.Connect(1, 1, session, token, "test/1", null)), true)
                .join();
        return socket;
    }

    private void refuse(int times, SessionId session) {
        for (int i = 0; i < times; i++) {
            Client unauthenticated = new Client();
            WebSocket socket = connect(unauthenticated, "forged", session);
            assertThat(unauthenticated.closed.orTimeout(20, TimeUnit.SECONDS).join())
                    .isEqualTo(4010);
            socket.abort();
        }
    }

    /** Each writes a line below INFO: 64 KiB of them block the pipe, and {@code 4096} more fill the queue. */
    private void refuseRest(int times) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/v2/project/42/session/x/stream"))
                .timeout(LIMIT)
                .header("X-OPENTOK-AUTH", "forged")
                .build();
        for (int i = 0; i < times; i++) {
            assertThat(http.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private long echoMillis(Client client, WebSocket socket, long id) throws Exception {
        long begin = System.nanoTime();
        socket.sendText(CODEC.encodeClient(new ClientMessage.Signal(id, "echo", "e" + id, null)), true)
                .join();
        client.await("\"e" + id + "\"");
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(uri.resolve(path)).timeout(LIMIT).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void assertUnnoticed(int refusals, Duration blocked) throws Exception {
        Backend backend = new Backend(PROJECT);
        SessionId session = backend.newSession(true);
        Client ada = new Client();
        WebSocket socket = connect(ada, backend.token(session, Role.PUBLISHER, ""), session);
        ada.await("\"connected\"");
        long begin = System.nanoTime();
        long worst = 0;
        int done = 0;
        long id = 10;
        while (done < refusals || System.nanoTime() - begin < blocked.toNanos()) {
            int step = Math.min(50, refusals - done);
            refuse(step, session);
            refuseRest(step * REST_CALLS / refusals);
            done += step;
            worst = Math.max(worst, echoMillis(ada, socket, ++id));
            if (step == 0) {
                Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            }
        }
        assertThat(worst).as("slowest echo, ms").isLessThan(LONGEST_ECHO_MILLIS);
        assertThat(get("/health")).contains("\"status\":\"up\"");
        assertThat(ada.closed).isNotDone();

        Queue<String> lines = new ConcurrentLinkedQueue<>();
        Thread reader = new Thread(
                () -> server.errorReader(StandardCharsets.UTF_8).lines().forEach(lines::add));
        reader.setDaemon(true);
        reader.start(); // the log reader returns
        connect(new Client(), backend.token(session, Role.SUBSCRIBER, ""), session);
        Awaitility.await("the newest line")
                .atMost(LIMIT)
                .until(() -> lines.stream()
                        .anyMatch(line -> line.contains("event=connected") && line.contains("role=subscriber")));
        Awaitility.await("the number of refusals left out")
                .atMost(LIMIT)
                .until(() -> lines.stream().anyMatch(line -> line.contains("event=refusalsOmitted of=refused count=")));
        List<String> all = new ArrayList<>(lines);
        assertThat(all).anyMatch(line -> line.contains("event=connected") && line.contains("role=publisher"));
        assertThat(all).anyMatch(line -> line.matches(".* event=logDropped refusals=[1-9]\\d* events=0"));
        assertThat(get("/metrics"))
                .contains("videosession_log_omitted_total ")
                .containsPattern("videosession_log_dropped_total\\{kind=\"refusal\"} [1-9]");
        server.toHandle().destroy();
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        LOG.info(
                "event=blockedLog refusals={} seconds={} slowestEchoMillis={} lines={}",
                refusals,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                worst,
                all.size());
    }

    @Test
    void blockedLogDoesNotDelayClients() throws Exception {
        assertUnnoticed(400, Duration.ZERO);
    }

    @Test
    @Tag("faults")
    @Timeout(300)
    void blockedLogDoesNotDelayClientsForAMinuteOfTenThousandRefusals() throws Exception {
        assertUnnoticed(10_000, Duration.ofSeconds(60));
    }
}
