package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TraceLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RestSecretsTest {
    @Test
    void callsAndWebhooksLeaveNothingSecretInTheLog() throws IOException {
        // no process listens on port 9
        URI webhook = URI.create("http://127.0.0.1:9/events?key=webhook-key");
        try (TraceLog log = new TraceLog();
                ServerFixture fixture =
                        new ServerFixture(builder -> builder.project(ServerFixture.PROJECT.withWebhook(webhook)))) {
            RestClient rest = new RestClient(fixture);
            String token = rest.token();
            String clientToken = fixture.token(Role.PUBLISHER);
            fixture.open().connect(fixture.session, clientToken);
            assertThat(rest.call("GET", rest.path("/stream"), null, token).status())
                    .isEqualTo(200);
            String forged = token.substring(0, token.length() - 4) + "AAAA";
            assertThat(rest.call("GET", rest.path("/stream"), null, forged).status())
                    .isEqualTo(403);
            assertThat(rest.call("POST", rest.path("/signal"), "{\"data\":\"private-data")
                            .status())
                    .isEqualTo(400);
            assertThat(rest.call("POST", rest.path("/token/revoke"), "{\"token\":\"" + clientToken + "\"}")
                            .status())
                    .isEqualTo(200);
            Awaitility.await().until(() -> log.contains("event=webhookFailed"));
            log.requireNone(List.of(
                    token, forged, clientToken, "webhook-key", "private-data", ServerFixture.PROJECT.signingSecret()));
        }
    }
}
