package dev.videosession.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.ServerLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    @TempDir
    Path directory;

    @Test
    void healthAndMetricsShowWhatGoesOn() throws IOException {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            ada.publish("cam");
            ada.expect(SequencedEvent.StreamCreated.class);
            try (Response health = fixture.get("/health")) {
                assertThat(health.code()).isEqualTo(200);
                assertThat(health.header("Content-Type")).isEqualTo("application/json");
                assertThat(health.body().string()).isEqualTo("{\"status\":\"up\",\"sessions\":1,\"connections\":1}");
            }
            try (Response metrics = fixture.get("/metrics")) {
                assertThat(metrics.body().string())
                        .contains("videosession_connections 1.0")
                        .contains("videosession_streams 1.0")
                        .contains("videosession_messages_total{direction=\"in\"} 2.0")
                        .contains("videosession_fanout_seconds");
            }
        }
    }

    /** What {@code promtool check metrics} complains of. */
    @Test
    void everyMetricHasAHelpText() throws Exception {
        try (ServerFixture fixture = new ServerFixture(builder -> builder.dataDirectory(directory.resolve("data"))
                .router(new JanusEndpoint(URI.create("ws://127.0.0.1:1"), "", "")))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            ada.publish("cam");
            ada.expect(SequencedEvent.StreamCreated.class);
            TestClient unauthenticated = fixture.open();
            unauthenticated.sendConnect(fixture.session, "forged");
            unauthenticated.expect(ServerMessage.Failed.class);
            fixture.get("/v2/project/1/session/x/stream").close();
            String text;
            try (Response metrics = fixture.get("/metrics")) {
                text = metrics.body().string();
            }
            List<String> names = text.lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ", -1)[2])
                    .toList();
            assertThat(names).hasSizeGreaterThan(15);
            String shown = text;
            assertThat(names).allSatisfy(name -> assertThat(shown).containsPattern("# HELP " + name + " \\S"));
            assertThat(promtool(text)).isEmpty();
        }
    }

    private String promtool(String metrics) throws Exception {
        Path input = Files.writeString(directory.resolve("metrics"), metrics);
        Process process = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String complaints = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor()).as(complaints).isZero();
            return complaints;
        }
    }

    @Test
    void unknownPathsAndMethodsAreRefusedInJson() throws IOException {
        try (ServerFixture fixture = new ServerFixture()) {
            try (Response response = fixture.get("/nothing")) {
                assertThat(response.code()).isEqualTo(404);
                assertThat(response.body().string()).contains("\"message\":");
            }
            RequestBody body = RequestBody.create("{}", MediaType.get("application/json"));
            Request post = new Request.Builder()
                    .url(fixture.server.uri() + "/health")
                    .post(body)
                    .build();
            try (Response response = fixture.request(post)) {
                assertThat(response.code()).isEqualTo(405);
                assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
            }
            try (Response response = fixture.get("/v1/signaling")) {
                assertThat(response.code()).isEqualTo(426);
            }
            try (Response response = fixture.get("/%zz")) {
                assertThat(response.code()).isIn(400, 404);
            }
        }
    }

    @Test
    void embeddersAddRoutesThatCommandSessions() throws IOException {
        HttpRoutes.Handler failing = call -> CompletableFuture.failedFuture(new IllegalStateException("planned"));
        try (ServerFixture fixture = new ServerFixture(builder -> builder.routes(control -> HttpRoutes.builder()
                .add(
                        "GET",
                        "/sessions/{id}/count",
                        call -> CompletableFuture.supplyAsync(() -> HttpReply.json(
                                200,
                                "[" + control.sessions().size() + ",\""
                                        + call.parameters().get("id") + "\"]")))
                .add("GET", "/fails", failing)
                .build()))) {
            fixture.join(Role.PUBLISHER);
            try (Response response = fixture.get("/sessions/a%20b/count?x=1")) {
                assertThat(response.body().string()).isEqualTo("[1,\"a b\"]");
            }
            try (Response response = fixture.get("/fails")) {
                assertThat(response.code()).isEqualTo(500);
            }
            try (Response response = fixture.get("/health")) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @Test
    void impossibleSettingsAreRefusedWithTheirName() throws IOException {
        assertThatThrownBy(() -> SignalingServer.builder().start()).hasMessageContaining("project");
        assertThatThrownBy(() -> SignalingServer.builder().port(70_000)).hasMessageContaining("port");
        assertThatThrownBy(() -> SignalingServer.builder().host(" ")).hasMessageContaining("host");
        assertThatThrownBy(() -> SignalingServer.builder().threads(0)).hasMessageContaining("threads");
        assertThatThrownBy(() -> SignalingServer.builder().handshakeTimeoutMillis(0))
                .hasMessageContaining("handshakeTimeoutMillis");
        assertThatThrownBy(() -> SignalingServer.builder().retryAfterMillis(-1))
                .hasMessageContaining("retryAfterMillis");
        assertThatThrownBy(() -> ServerLimits.builder().sockets(0).build()).hasMessageContaining("sockets");
        assertThatThrownBy(() -> IceConfiguration.NONE.withStun(List.of("http://x")))
                .hasMessageContaining("stun:");
        assertThatThrownBy(() -> IceConfiguration.NONE.withTurn(List.of("turn:x"), "", Duration.ofHours(1)))
                .hasMessageContaining("secret");
        SignalingServerBuilder builder = SignalingServer.builder().project(ServerFixture.PROJECT);
        try (SignalingServer first = builder.start()) {
            assertThatThrownBy(() -> builder.port(first.port()).start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on");
        }
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> builder.port(0).tls(missing, missing).start()).hasMessageContaining("missing.pem");
        Path broken = Files.writeString(directory.resolve("broken.pem"), "not a key");
        assertThatThrownBy(() -> builder.tls(broken, broken).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken.pem");
    }
}
