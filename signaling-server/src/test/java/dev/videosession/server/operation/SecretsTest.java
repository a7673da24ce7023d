package dev.videosession.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.fixture.TraceLog;
import dev.videosession.server.settings.IceConfiguration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretsTest {
    @Test
    void nothingSecretIsEverLogged() {
        IceConfiguration ice =
                IceConfiguration.NONE.withTurn(List.of("turn:t:1"), "turn-shared-secret", Duration.ofHours(1));
        try (TraceLog log = new TraceLog();
                ServerFixture fixture = new ServerFixture(builder -> builder.ice(ice))) {
            String token = fixture.token(Role.PUBLISHER);
            TestClient ada = fixture.open().connect(fixture.session, token);
            String forged = token.substring(0, token.length() - 3) + "abc";
            TestClient eve = fixture.open();
            eve.sendConnect(fixture.session, forged);
            eve.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
            TestClient again = fixture.open();
            String key = ada.connected().resumeKey();
            again.send(new ClientMessage.Resume(9, 1, fixture.session, ada.id(), key, 1));
            String nextKey = again.expect(ServerMessage.Resumed.class).resumeKey();
            ada.sendRaw("{\"type\":\"connect\",\"token\":\"" + token + "\",");
            again.send(new ClientMessage.Disconnect());
            again.await(ServerMessage.Disconnected.class);
            String credential = ada.connected().iceServers().get(0).credential();
            fixture.server.close();
            assertThat(log.contains("event=connected")).isTrue();
            log.requireNone(List.of(
                    token,
                    forged,
                    key,
                    nextKey,
                    credential,
                    "turn-shared-secret",
                    ServerFixture.PROJECT.signingSecret()));
        }
    }
}
