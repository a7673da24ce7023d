package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.opentok.Role;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import org.junit.jupiter.api.Test;

/** The backend of the guide to migration does its work with this server. */
class MigratedBackendTest {
    @Test
    void createsSessionsAndTokensSignalsAndRemoves() throws Exception {
        try (ServerFixture fixture = new ServerFixture();
                MigratedBackend backend = new MigratedBackend(
                        ServerFixture.PROJECT.apiKey(),
                        ServerFixture.PROJECT.signingSecret(),
                        fixture.server.uri().toString())) {
            String session = backend.createSession();
            TestClient ada =
                    fixture.open().connect(new SessionId(session), backend.token(session, "Ada", Role.PUBLISHER));
            backend.announce(session, "five minutes left");
            assertThat(ada.await(SequencedEvent.Signal.class).data()).isEqualTo("five minutes left");
            backend.remove(session, ada.connected().connection().connectionId().value());
            assertThat(ada.await(ServerMessage.Disconnected.class).reason())
                    .isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
        }
    }
}
