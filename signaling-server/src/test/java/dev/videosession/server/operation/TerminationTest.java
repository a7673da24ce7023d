package dev.videosession.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.ServerProcess;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to a real process: it tells its clients when to return, and ends at once. */
class TerminationTest {
    @TempDir
    Path directory;

    @Test
    void clientsOfATerminatedServerReceiveDraining() throws IOException, InterruptedException {
        Path address = directory.resolve("address");
        Process process = new ProcessBuilder(JavaPrograms.java(ServerProcess.class.getName(), address.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        OkHttpClient http = new OkHttpClient();
        try {
            Awaitility.await("start")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(address) || !process.isAlive());
            assertThat(process.isAlive())
                    .as(Files.readString(directory.resolve("log")))
                    .isTrue();
            SessionId session = ServerFixture.newSession();
            String token =
                    new TokenIssuer(ServerFixture.PROJECT).jwt(new ClientToken(session).withRole(Role.PUBLISHER));
            URI server = URI.create(Files.readString(address));
            List<TestClient> clients = Stream.generate(() -> new TestClient(http, server).connect(session, token))
                    .limit(5)
                    .toList();
            long before = log().count();
            process.destroy();
            List<Long> waits = clients.stream()
                    .map(client -> client.await(ServerMessage.Draining.class).retryAfterMillis())
                    .toList();
            assertThat(waits).as("not all at once").doesNotHaveDuplicates().allMatch(wait -> wait >= 1000);
            clients.forEach(client -> client.expectClose(CloseCode.GOING_AWAY));
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(log().skip(before))
                    .as("the number of lines does not depend on that of clients")
                    .anyMatch(line -> line.contains("event=closed abandonedSockets=0"))
                    .noneMatch(line -> line.contains("connection="));
        } finally {
            process.destroyForcibly();
            http.dispatcher().executorService().shutdownNow();
            http.connectionPool().evictAll();
        }
    }

    private Stream<String> log() throws IOException {
        return Files.readAllLines(directory.resolve("log")).stream();
    }
}
