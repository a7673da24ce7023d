package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A removed client is disconnected in every state of its connection, and receives the reason. */
class KickTest {
    private static final ServerMessage KICKED =
            new ServerMessage.Disconnected(DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, "bye");

    private final ServerFixture fixture =
            new ServerFixture(builder -> builder.timings(new Timings(5000, 60_000, 60_000)));
    private final TestClient moderator = fixture.join(Role.MODERATOR);

    @AfterEach
    void close() {
        fixture.close();
    }

    private long kick(ConnectionId id, boolean ban) {
        long request = moderator.nextId();
        moderator.send(new ClientMessage.ForceDisconnect(request, id, "bye", ban));
        return request;
    }

    private ConnectionId arrival() {
        return moderator
                .await(SequencedEvent.ConnectionCreated.class)
                .connection()
                .connectionId();
    }

    private TestClient resume(ConnectionId id, String key) {
        TestClient again = fixture.open();
        again.send(new ClientMessage.Resume(99, 1, fixture.session, id, key, 1));
        return again;
    }

    @Test
    void newClientReceivesConnectedAndThenDisconnected() {
        TestClient victim = fixture.open();
        victim.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
        kick(arrival(), false);
        victim.expect(ServerMessage.Connected.class);
        assertThat(victim.next()).isEqualTo(KICKED);
        victim.expectClose(CloseCode.KICKED);
    }

    @Test
    void lostConnectionIsRemovedAtOnceAndItsKeyIsDead() {
        TestClient victim = fixture.join(Role.PUBLISHER);
        victim.breakSocket();
        moderator.await(SequencedEvent.ConnectionReconnecting.class);
        kick(victim.id(), false);
        assertThat(moderator.await(SequencedEvent.ConnectionDestroyed.class).detail())
                .isEqualTo(DisconnectDetail.KICKED);
        for (int i = 0; i < 2; i++) {
            TestClient again = resume(victim.id(), victim.connected().resumeKey());
            assertThat(again.next()).isEqualTo(KICKED);
            again.expectClose(CloseCode.KICKED);
        }
        TestClient guess = resume(victim.id(), "guess");
        guess.expectFailure(99, ErrorCode.UNKNOWN_RESUME);
    }

    /** The goodbye went into a socket whose client has given it up already. */
    @Test
    void halfOpenConnectionReceivesTheReasonWhenItTriesToResume() throws IOException {
        try (RawSocket deaf = new RawSocket(fixture.server).upgrade()) {
            deaf.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            String connected = deaf.readText();
            String key = connected.replaceFirst("(?s).*\"resumeKey\":\"([^\"]+)\".*", "$1");
            ConnectionId id = arrival();
            kick(id, false);
            moderator.await(SequencedEvent.ConnectionDestroyed.class);
            TestClient again = resume(id, key);
            assertThat(again.next()).isEqualTo(KICKED);
            again.expectClose(CloseCode.KICKED);
            // also when the session has ended meanwhile
            moderator.send(new ClientMessage.Disconnect());
            moderator.expectClose(CloseCode.NORMAL);
            assertThat(resume(id, key).next()).isEqualTo(KICKED);
        }
    }

    @Test
    void secondForceDisconnectFindsNoConnection() {
        TestClient victim = fixture.join(Role.PUBLISHER);
        long first = kick(victim.id(), false);
        long second = kick(victim.id(), true);
        assertThat(moderator.await(ServerMessage.Done.class).id()).isEqualTo(first);
        moderator.await(SequencedEvent.ConnectionDestroyed.class);
        moderator.expectFailure(second, ErrorCode.FORCE_DISCONNECT_NOT_FOUND);
        assertThat(victim.await(ServerMessage.Disconnected.class)).isEqualTo(KICKED);
        moderator.expectNothing();
    }

    @Test
    void forceDisconnectOfALeavingClientHasOneCauseAtBothEnds() {
        for (int round = 0; round < 30; round++) {
            TestClient victim = fixture.join(Role.PUBLISHER);
            if (round % 2 == 0) {
                victim.send(new ClientMessage.Disconnect());
                kick(victim.id(), false);
            } else {
                kick(victim.id(), false);
                victim.send(new ClientMessage.Disconnect());
            }
            var own = victim.await(ServerMessage.Disconnected.class);
            var seen = moderator.await(SequencedEvent.ConnectionDestroyed.class);
            assertThat(seen.connectionId()).isEqualTo(victim.id());
            assertThat(seen.reason()).isEqualTo(own.reason());
            assertThat(seen.detail()).isEqualTo(own.detail());
        }
    }

    @Test
    void bannedTokenIsRefusedHoweverItIsWritten() {
        TokenIssuer issuer = new TokenIssuer(ServerFixture.PROJECT);
        ClientToken claims = new ClientToken(fixture.session);
        String jwt = issuer.jwt(claims);
        String t1 = issuer.t1(claims);
        for (String token : List.of(jwt, t1)) {
            TestClient victim = fixture.open().connect(fixture.session, token);
            kick(victim.id(), true);
            assertThat(victim.await(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.BANNED);
            victim.expectClose(CloseCode.BANNED);
        }
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = alphabet.charAt(alphabet.indexOf(jwt.charAt(jwt.length() - 1)) ^ 1);
        String respelled = jwt.substring(0, jwt.length() - 1) + last;
        for (String token : List.of(jwt, t1, t1 + "==", respelled)) {
            TestClient again = fixture.open();
            again.sendConnect(fixture.session, token);
            again.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
        }
        fixture.open().connect(fixture.session, issuer.jwt(claims));
    }

    @Test
    void warningComesBeforeTheEndAndLinksCloseBeforeTheStream() {
        TestClient victim = fixture.join(Role.PUBLISHER);
        StreamInfo stream = victim.publish("cam");
        TestClient watcher = fixture.join(Role.SUBSCRIBER);
        watcher.send(new ClientMessage.Subscribe(watcher.nextId(), stream.streamId(), Subscription.EVERYTHING));
        LinkId link = watcher.expect(ServerMessage.Subscribed.class).linkId();
        victim.await(ServerMessage.LinkOpened.class);
        moderator.send(new ClientMessage.Signal(moderator.nextId(), "warning", "last call", victim.id()));
        kick(victim.id(), false);
        assertThat(victim.next()).isEqualTo(new ServerMessage.DirectSignal(moderator.id(), "warning", "last call"));
        assertThat(victim.next()).isEqualTo(KICKED);
        assertThat(watcher.next()).isEqualTo(new ServerMessage.LinkClosed(link));
        watcher.expect(SequencedEvent.StreamDestroyed.class);
        watcher.expect(SequencedEvent.ConnectionDestroyed.class);
    }
}
