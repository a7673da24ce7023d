package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.SessionPolicy;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Timings NO_RETURN = new Timings(1000, 60_000, 0);
    private static final SessionPolicy CLOSING = SessionPolicy.LASTING.withClosesWithLastModerator(true);
    private static final SessionPolicy RESTLESS = SessionPolicy.LASTING.withIdleMillis(300);

    private static ServerFixture fixture(SessionPolicy policy) {
        return new ServerFixture(builder -> builder.timings(NO_RETURN).policies(session -> policy));
    }

    private static void expectClosed(TestClient client) {
        assertThat(client.await(ServerMessage.Disconnected.class))
                .isEqualTo(new ServerMessage.Disconnected(
                        DisconnectReason.FORCE_DISCONNECTED,
                        DisconnectDetail.SESSION_CLOSED,
                        "The last moderator left the session."));
        client.expectClose(CloseCode.SESSION_CLOSED);
    }

    private static void leave(TestClient client) {
        client.send(new ClientMessage.Disconnect());
        client.expectClose(CloseCode.NORMAL);
    }

    @Test
    void sessionClosesWhenItsLastModeratorLeaves() {
        try (ServerFixture fixture = fixture(CLOSING)) {
            TestClient early = fixture.join(Role.PUBLISHER);
            TestClient first = fixture.join(Role.MODERATOR);
            TestClient second = fixture.join(Role.MODERATOR);
            TestClient late = fixture.join(Role.SUBSCRIBER);
            leave(first);
            early.await(SequencedEvent.ConnectionDestroyed.class);
            early.expectNothing();
            leave(second);
            expectClosed(early);
            expectClosed(late);
            Awaitility.await().until(() -> fixture.server.control().sessions().isEmpty());
            fixture.join(Role.PUBLISHER).publish("a new session");
        }
    }

    @Test
    void lostOrRemovedModeratorCountsAsLeft() {
        try (ServerFixture fixture = fixture(CLOSING)) {
            TestClient lost = fixture.join(Role.MODERATOR);
            TestClient guest = fixture.join(Role.PUBLISHER);
            lost.breakSocket();
            expectClosed(guest);
            TestClient removed = fixture.join(Role.MODERATOR);
            TestClient other = fixture.join(Role.PUBLISHER);
            fixture.server
                    .control()
                    .forceDisconnect(fixture.session, removed.id(), null, false)
                    .join();
            expectClosed(other);
        }
    }

    @Test
    void policyOfALivingSessionCanBeChanged() {
        try (ServerFixture fixture = fixture(SessionPolicy.LASTING)) {
            var control = fixture.server.control();
            TestClient moderator = fixture.join(Role.MODERATOR);
            TestClient guest = fixture.join(Role.PUBLISHER);
            control.policy(fixture.session, CLOSING).join();
            control.policy(fixture.session, SessionPolicy.LASTING).join();
            leave(moderator);
            guest.await(SequencedEvent.ConnectionDestroyed.class);
            guest.expectNothing();
            control.policy(fixture.session, CLOSING).join();
            leave(fixture.join(Role.MODERATOR));
            expectClosed(guest);
            assertThat(control.policy(fixture.session, CLOSING)).failsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void lastOneOutClosesTheSession() {
        try (ServerFixture fixture = fixture(SessionPolicy.LASTING)) {
            TestClient moderator = fixture.join(Role.MODERATOR);
            TestClient troll = fixture.join(Role.PUBLISHER);
            fixture.server.control().forceMuteAll(fixture.session, List.of()).join();
            fixture.server
                    .control()
                    .forceDisconnect(fixture.session, troll.id(), null, true)
                    .join();
            leave(moderator);
            // only the ban is remembered
            TestClient next = fixture.join(Role.PUBLISHER);
            assertThat(next.connected().roster().forceMuted()).isFalse();
            assertThat(next.connected().roster().connections())
                    .containsExactly(next.connected().connection());
        }
    }

    @Test
    void policyThatFailsLeavesTheSessionAsItIs() {
        try (ServerFixture fixture = new ServerFixture(builder -> builder.policies(session -> {
            throw new IllegalStateException("planned");
        }))) {
            fixture.join(Role.PUBLISHER).publish("anyway");
        }
    }

    @Test
    void clientThatNeitherPublishesNorSubscribesIsRemoved() {
        try (ServerFixture fixture = fixture(RESTLESS)) {
            TestClient publisher = fixture.join(Role.PUBLISHER);
            StreamInfo stream = publisher.publish("cam");
            TestClient subscriber = fixture.join(Role.SUBSCRIBER);
            subscriber.send(
                    new ClientMessage.Subscribe(subscriber.nextId(), stream.streamId(), Subscription.EVERYTHING));
            subscriber.expect(ServerMessage.Subscribed.class);
            TestClient idler = fixture.join(Role.MODERATOR);
            idler.send(new ClientMessage.Signal(idler.nextId(), "chat", "does not count", null));
            assertThat(idler.await(ServerMessage.Disconnected.class))
                    .isEqualTo(new ServerMessage.Disconnected(
                            DisconnectReason.FORCE_DISCONNECTED,
                            DisconnectDetail.IDLE,
                            "neither published nor subscribed for too long"));
            idler.expectClose(CloseCode.IDLE);
            var gone = publisher.await(SequencedEvent.ConnectionDestroyed.class);
            assertThat(gone.connectionId()).isEqualTo(idler.id());
            assertThat(gone.detail()).isEqualTo(DisconnectDetail.IDLE);
            publisher.send(new ClientMessage.Unpublish(publisher.nextId(), stream.streamId(), null));
            // both have nothing left to do
            assertThat(publisher.await(ServerMessage.Disconnected.class).detail())
                    .isEqualTo(DisconnectDetail.IDLE);
            assertThat(subscriber.await(ServerMessage.Disconnected.class).detail())
                    .isEqualTo(DisconnectDetail.IDLE);
            Awaitility.await().until(() -> fixture.server.control().sessions().isEmpty());
        }
    }

    @Test
    void idleLimitMayComeLaterAndCountsFromTheBeginning() {
        try (ServerFixture fixture = fixture(SessionPolicy.LASTING)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            fixture.server
                    .control()
                    .policy(fixture.session, SessionPolicy.LASTING.withIdleMillis(3_600_000))
                    .join();
            ada.expectNothing();
            fixture.server
                    .control()
                    .policy(fixture.session, SessionPolicy.LASTING.withIdleMillis(10))
                    .join();
            assertThat(ada.await(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.IDLE);
        }
    }
}
