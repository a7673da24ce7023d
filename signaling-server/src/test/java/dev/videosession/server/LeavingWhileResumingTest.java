package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.log.HeldLogs;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sockets that are closed while their resume waits for the log, by a client that leaves or by the server. */
@Timeout(60)
class LeavingWhileResumingTest {
    private static final long SHORT_HANDSHAKE_MILLIS = 2000;

    private final HeldLogs logs = new HeldLogs().pass();

    private ServerFixture fixture() {
        return new ServerFixture(
                builder -> builder.logs(limits -> logs).handshakeTimeoutMillis(SHORT_HANDSHAKE_MILLIS));
    }

    private static TestClient resume(ServerFixture fixture, TestClient lost, long id) {
        TestClient client = fixture.open();
        client.send(new ClientMessage.Resume(
                id, 1, fixture.session, lost.id(), lost.connected().resumeKey(), 1));
        return client;
    }

    /** {@return a resume that waits behind a signal of another client} */
    private TestClient waitingResume(ServerFixture fixture, TestClient lost, TestClient other) {
        lost.breakSocket();
        other.expect(SequencedEvent.ConnectionReconnecting.class);
        logs.hold();
        other.send(new ClientMessage.Signal(10, "chat", null, null));
        return resume(fixture, lost, 1000);
    }

    @Test
    void clientThatDisconnectsHasLeft() {
        assertLeft(client -> client.send(new ClientMessage.Disconnect()));
    }

    @Test
    void clientThatClosesItsSocketWithoutAnErrorHasLeft() {
        assertLeft(client -> client.closeSocket(CloseCode.NORMAL.code()));
    }

    private void assertLeft(Consumer<TestClient> leave) {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            TestClient again = waitingResume(fixture, ada, bob);
            leave.accept(again);
            again.expectClose(CloseCode.NORMAL);
            logs.passAgain();
            assertThat(bob.await(SequencedEvent.ConnectionDestroyed.class).reason())
                    .isEqualTo(DisconnectReason.CLIENT_DISCONNECTED);
        }
    }

    /** Many libraries answer a close frame of the server with 1000. */
    @Test
    void clientThatAnswersACloseFrameOfTheServerHasNotLeft() {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            TestClient again = waitingResume(fixture, ada, bob);
            again.expectClose(CloseCode.CONNECT_TIMEOUT); // and the client answers with 1000
            Awaitility.await("the server has the answer").until(() -> fixture.metric("videosession.sockets") == 1);
            logs.passAgain();
            TestClient third = resume(fixture, ada, 2000);
            third.expect(ServerMessage.Resumed.class);
            assertThat(bob.await(SequencedEvent.ConnectionReconnected.class).connectionId())
                    .isEqualTo(ada.id());
        }
    }
}
