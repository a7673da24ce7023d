package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectTest {
    @Test
    void newClientReceivesTheRosterAndOtherClientsReceiveAnEvent() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient ada = fixture.join(Role.MODERATOR);
            assertThat(ada.connected().roster().connections())
                    .containsExactly(ada.connected().connection());
            assertThat(ada.connected().roster().sequence()).isEqualTo(1);
            assertThat(ada.connected().connection().data()).isEqualTo("as moderator");
            assertThat(ada.connected().capabilities()).isEqualTo(Role.MODERATOR.capabilities());
            var stream = ada.publish("cam");
            assertThat(ada.expect(SequencedEvent.StreamCreated.class).stream()).isEqualTo(stream);

            TestClient bob = fixture.join(Role.SUBSCRIBER);
            assertThat(bob.connected().roster().connections())
                    .containsExactly(
                            ada.connected().connection(), bob.connected().connection());
            assertThat(bob.connected().roster().streams()).containsExactly(stream);
            assertThat(bob.connected().roster().sequence()).isEqualTo(3);
            assertThat(ada.expect(SequencedEvent.ConnectionCreated.class))
                    .isEqualTo(new SequencedEvent.ConnectionCreated(
                            3, bob.connected().connection()));
            bob.expectNothing();
        }
    }

    @Test
    void disconnectIsAnsweredAndStreamsEndFirstAtOtherClients() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            var stream = bob.publish("cam");
            ada.await(SequencedEvent.StreamCreated.class);
            bob.send(new ClientMessage.Disconnect());
            assertThat(bob.await(ServerMessage.Disconnected.class))
                    .isEqualTo(new ServerMessage.Disconnected(
                            DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null));
            bob.expectClose(CloseCode.NORMAL);
            assertThat(ada.expect(SequencedEvent.StreamDestroyed.class).streamId())
                    .isEqualTo(stream.streamId());
            assertThat(ada.expect(SequencedEvent.ConnectionDestroyed.class).reason())
                    .isEqualTo(DisconnectReason.CLIENT_DISCONNECTED);
        }
    }

    @Test
    void badTokensAndSessionsAreRefusedAndTheSocketIsClosed() {
        TokenIssuer issuer = new TokenIssuer(ServerFixture.PROJECT);
        TokenIssuer yesterday = new TokenIssuer(
                ServerFixture.PROJECT, Clock.fixed(Instant.now().minus(Duration.ofHours(25)), ZoneOffset.UTC));
        TokenIssuer forger = new TokenIssuer(new Project(ServerFixture.PROJECT.apiKey(), "f".repeat(40)));
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient bystander = fixture.join(Role.PUBLISHER);
            ClientToken token = new ClientToken(fixture.session);
            ClientToken other = new ClientToken(ServerFixture.newSession());
            for (String bad : List.of(
                    "nonsense", yesterday.jwt(token), yesterday.t1(token), forger.jwt(token), issuer.jwt(other))) {
                TestClient client = fixture.open();
                client.sendConnect(fixture.session, bad);
                client.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
                client.expectClose(CloseCode.REFUSED);
            }
            TestClient client = fixture.open();
            client.sendConnect(new SessionId("lobby"), issuer.jwt(token));
            client.expectFailure(1, ErrorCode.INVALID_SESSION_ID);
            client.expectClose(CloseCode.REFUSED);
            bystander.expectNothing();
        }
    }

    @Test
    void bothKindsOfTokensAndSecretRotationWork() {
        TokenIssuer issuer = new TokenIssuer(ServerFixture.PROJECT);
        try (ServerFixture fixture = new ServerFixture()) {
            fixture.open().connect(fixture.session, issuer.t1(new ClientToken(fixture.session)));
            String old = ServerFixture.PROJECT.signingSecret();
            fixture.server.projects().put(new Project(ServerFixture.PROJECT.apiKey(), List.of("n".repeat(40), old)));
            fixture.open().connect(fixture.session, fixture.token(Role.PUBLISHER));
            fixture.server.projects().put(new Project(ServerFixture.PROJECT.apiKey(), "n".repeat(40)));
            TestClient late = fixture.open();
            late.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
            late.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
        }
    }

    @Test
    void fullSessionIsRefused() {
        ServerLimits limits = ServerLimits.builder().connectionsPerSession(1).build();
        try (ServerFixture fixture = new ServerFixture(builder -> builder.limits(limits))) {
            fixture.join(Role.PUBLISHER);
            TestClient second = fixture.open();
            second.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
            second.expectFailure(1, ErrorCode.CONNECTION_LIMIT_EXCEEDED);
            second.expectClose(CloseCode.REFUSED);
        }
    }

    @Test
    void otherProtocolVersionIsRefused() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient client = fixture.open();
            client.send(new ClientMessage.Connect(7, 2, fixture.session, "t", null, null));
            client.expectFailure(7, ErrorCode.NOT_SUPPORTED);
            client.expectClose(CloseCode.REFUSED);
        }
    }

    @Test
    void suppressedConnectionEventsAreNotSent() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient ada = fixture.open();
            ada.send(new ClientMessage.Connect(
                    ada.nextId(), 1, fixture.session, fixture.token(Role.PUBLISHER), null, true));
            ada.expect(ServerMessage.Connected.class);
            TestClient bob = fixture.join(Role.PUBLISHER);
            bob.publish("cam");
            ada.expect(SequencedEvent.StreamCreated.class);
            bob.send(new ClientMessage.Disconnect());
            ada.expect(SequencedEvent.StreamDestroyed.class);
            TestClient eve = fixture.join(Role.PUBLISHER);
            eve.publish("cam");
            ada.expect(SequencedEvent.StreamCreated.class);
        }
    }

    @Test
    void iceServersComeWithCredentialsThatEnd() {
        IceConfiguration ice = IceConfiguration.NONE
                .withStun(List.of("stun:s:3478"))
                .withTurn(List.of("turn:t:3478"), "shared", Duration.ofHours(1));
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        try (ServerFixture fixture = new ServerFixture(builder ->
                builder.ice(ice).timeSource(TimeSource.of(System::nanoTime, Clock.fixed(now, ZoneOffset.UTC))))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            var servers = ada.connected().iceServers();
            assertThat(servers.get(0).urls()).containsExactly("stun:s:3478");
            assertThat(servers.get(1).username()).isEqualTo((now.getEpochSecond() + 3600) + ":" + ada.id());
            assertThat(servers.get(1).credential()).hasSize(28);
            assertThat(ice.toString()).doesNotContain("shared");
        }
    }

    @Test
    void suppressedConnectionEventsLeaveNoNamesInTheRoster() {
        try (ServerFixture fixture = new ServerFixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            var stream = ada.publish("cam");
            TestClient quiet = fixture.open();
            quiet.send(new ClientMessage.Connect(
                    quiet.nextId(), 1, fixture.session, fixture.token(Role.SUBSCRIBER), null, true));
            var connected = quiet.expect(ServerMessage.Connected.class);
            assertThat(connected.roster().connections()).containsExactly(connected.connection());
            assertThat(connected.roster().streams()).containsExactly(stream);
        }
    }
}
