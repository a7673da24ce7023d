package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.log.HeldLogs;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and backends learn when the log of their session fails. */
@Timeout(30)
class FailingLogTest {
    private final HeldLogs logs = new HeldLogs().pass();

    private ServerFixture fixture() {
        return new ServerFixture(builder -> builder.logs(limits -> logs));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requestIsCarriedOutOnceAndAnsweredAfterTheResume(boolean written) {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.SUBSCRIBER);
            logs.failNext(written);
            ClientMessage publish = new ClientMessage.Publish(10, "camera", true, true, null, null);
            ada.send(publish);
            ada.expectClose(CloseCode.INTERNAL_ERROR);
            TestClient again = fixture.open();
            again.send(new ClientMessage.Resume(
                    11, 1, fixture.session, ada.id(), ada.connected().resumeKey(), 1));
            again.expect(ServerMessage.Resumed.class);
            again.send(publish);
            again.await(ServerMessage.Published.class);
            again.send(new ClientMessage.Signal(12, "done", null, null));
            assertThat(bob.await(SequencedEvent.StreamCreated.class).stream().name())
                    .isEqualTo("camera");
            ServerMessage next = bob.next();
            while (!(next instanceof SequencedEvent.Signal)) {
                assertThat(next).isNotInstanceOf(SequencedEvent.StreamCreated.class);
                next = bob.next();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void joinIsToBeTriedAgainAndLeavesNoConnection(boolean written) {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            logs.failNext(written);
            TestClient bob = fixture.open();
            bob.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
            ServerMessage.Failed failed = bob.await(ServerMessage.Failed.class);
            assertThat(failed.code()).isEqualTo(ErrorCode.CONNECT_FAILED.code());
            assertThat(failed.retryAfterMillis()).isPositive();
            TestClient cyd = fixture.join(Role.PUBLISHER);
            assertThat(cyd.connected().roster().connections()).hasSize(2);
            assertThat(fixture.metric("videosession.connections")).isEqualTo(2);
            ada.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void backendLearnsThatTheOutcomeIsUnknown(boolean written) {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            logs.failNext(written);
            assertThatThrownBy(() -> fixture.server
                            .control()
                            .signal(fixture.session, null, "chat", "hello")
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("may have been carried out");
            ada.send(new ClientMessage.Signal(10, "later", null, null));
            SequencedEvent.Signal first = ada.await(SequencedEvent.Signal.class);
            assertThat(first.signalType()).isEqualTo(written ? "chat" : "later");
        }
    }
}
