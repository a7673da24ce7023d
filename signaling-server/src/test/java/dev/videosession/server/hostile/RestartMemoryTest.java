package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.ServerProcess;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that is killed (SIGKILL) still knows of tokens when it starts again. */
class RestartMemoryTest {
    @TempDir
    private Path directory;

    private final OkHttpClient sockets = new OkHttpClient();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SessionId session = ServerFixture.newSession();
    private final TokenIssuer issuer = new TokenIssuer(ServerFixture.PROJECT);
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void clean() {
        processes.forEach(Process::destroyForcibly);
        sockets.dispatcher().executorService().shutdownNow();
        sockets.connectionPool().evictAll();
    }

    private URI start(String... dataDirectory) throws IOException {
        Path address = directory.resolve("address" + processes.size());
        List<String> command = new ArrayList<>(List.of(
                JavaPrograms.path("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                address.toString()));
        command.addAll(List.of(dataDirectory));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log" + processes.size()).toFile())
                .start());
        Awaitility.await("the server listens").atMost(Duration.ofSeconds(30)).until(() -> Files.exists(address));
        return URI.create(Files.readString(address));
    }

    private void kill() throws InterruptedException {
        Process last = processes.get(processes.size() - 1);
        last.destroyForcibly();
        last.waitFor();
    }

    private String token(Role role) {
        return issuer.jwt(new ClientToken(session)
                .withRole(role)
                .withData(UUID.randomUUID().toString()));
    }

    private String restToken() {
        return JWT.create()
                .withIssuer(Integer.toString(ServerFixture.PROJECT.apiKey()))
                .withClaim("ist", "project")
                .withIssuedAt(Instant.now())
                .withExpiresAt(Instant.now().plusSeconds(180))
                .withJWTId(UUID.randomUUID().toString())
                .sign(Algorithm.HMAC256(ServerFixture.PROJECT.signingSecret()));
    }

    private HttpResponse<String> call(URI server, String path, String body, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.resolve(
                                "/v2/project/" + ServerFixture.PROJECT.apiKey() + "/session/" + session + path))
                        .header("X-OPENTOK-AUTH", token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private ServerMessage firstAnswer(URI server, String token) {
        try (TestClient client = new TestClient(sockets, server)) {
            client.sendConnect(session, token);
            return client.next();
        }
    }

    private void assertRefused(URI server, String token) {
        assertThat(firstAnswer(server, token))
                .isInstanceOfSatisfying(
                        ServerMessage.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(ErrorCode.AUTHENTICATION_ERROR.code()));
    }

    @Test
    void aKilledServerRemembersWithADataDirectory() throws Exception {
        String data = directory.resolve("data").toString();
        String revoked = token(Role.PUBLISHER);
        String banned = token(Role.PUBLISHER);
        String other = token(Role.PUBLISHER);
        String used = restToken();
        URI first = start(data);
        try (TestClient moderator = new TestClient(sockets, first);
                TestClient victim = new TestClient(sockets, first)) {
            moderator.connect(session, token(Role.MODERATOR));
            victim.connect(session, banned);
            moderator.send(new ClientMessage.ForceDisconnect(moderator.nextId(), victim.id(), null, true));
            moderator.await(ServerMessage.Done.class);
        }
        assertThat(call(first, "/token/revoke", "{\"token\":\"" + revoked + "\"}", used)
                        .statusCode())
                .isEqualTo(200);
        kill();
        URI second = start(data);
        assertRefused(second, revoked);
        assertRefused(second, banned);
        assertThat(firstAnswer(second, other)).isInstanceOf(ServerMessage.Connected.class);
        HttpResponse<String> replayed = call(second, "/signal", "{\"data\":\"x\"}", used);
        assertThat(replayed.statusCode()).isEqualTo(403);
        assertThat(replayed.body()).contains("was used before");
    }

    @Test
    void withoutOneRestTokensOfBeforeTheStartAreRefused() throws Exception {
        URI first = start();
        String early = restToken();
        long madeAt = JWT.decode(early).getIssuedAtAsInstant().getEpochSecond();
        kill();
        Awaitility.await("a token tells its second only")
                .until(() -> Instant.now().getEpochSecond() > madeAt);
        URI second = start();
        HttpResponse<String> replayed = call(second, "/signal", "{\"data\":\"x\"}", early);
        assertThat(replayed.statusCode()).isEqualTo(403);
        assertThat(replayed.body()).contains("made before this server started");
        assertThat(call(second, "/token/revoke", "{\"token\":\"" + token(Role.PUBLISHER) + "\"}", restToken())
                        .statusCode())
                .isEqualTo(200);
        assertThat(first).isNotEqualTo(second);
    }
}
