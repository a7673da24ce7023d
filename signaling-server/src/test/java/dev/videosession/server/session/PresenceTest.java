package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.Silence;
import dev.videosession.server.fixture.StoppedClock;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final Timings LONG_TIMEOUTS = new Timings(5000, 60_000, 60_000);
    private static final Timings HASTY = new Timings(100, 30_000, 200);

    private static ServerFixture fixture(Timings timings) {
        return new ServerFixture(builder -> builder.timings(timings));
    }

    private static TestClient resume(ServerFixture fixture, ConnectionId id, String key, long sequence) {
        TestClient client = fixture.open();
        client.send(new ClientMessage.Resume(client.nextId() + 1000, 1, fixture.session, id, key, sequence));
        return client;
    }

    @Test
    void resumedClientReceivesMissedEventsAndItsEndIsNotReported() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.breakSocket();
            bob.expect(SequencedEvent.ConnectionReconnecting.class);
            var stream = bob.publish("cam");
            bob.send(new ClientMessage.Signal(bob.nextId(), "chat", "psst", ada.id()));
            bob.await(ServerMessage.Done.class);
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 1);
            var resumed = again.expect(ServerMessage.Resumed.class);
            assertThat(resumed.roster()).isNull();
            assertThat(resumed.sequence()).as("the last event that ada is sent").isEqualTo(4);
            assertThat(resumed.resumeKey()).isNotEqualTo(ada.connected().resumeKey());
            assertThat(again.expect(SequencedEvent.ConnectionCreated.class).sequence())
                    .isEqualTo(2);
            assertThat(again.expect(SequencedEvent.StreamCreated.class).stream())
                    .isEqualTo(stream);
            assertThat(again.next()).isEqualTo(new ServerMessage.DirectSignal(bob.id(), "chat", "psst"));
            bob.expect(SequencedEvent.ConnectionReconnected.class);
            again.send(new ClientMessage.Subscribe(5000, stream.streamId(), Subscription.EVERYTHING));
            again.expect(ServerMessage.Subscribed.class);
            bob.expect(ServerMessage.LinkOpened.class);
        }
    }

    @Test
    void requestSentAgainAfterResumeHappensOnce() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            var publish = new ClientMessage.Publish(40, "once", true, true, null, null);
            ada.send(publish);
            var first = ada.expect(ServerMessage.Published.class);
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 2);
            again.expect(ServerMessage.Resumed.class);
            again.send(publish);
            assertThat(again.next()).isEqualTo(first);
        }
    }

    @Test
    void newerSocketReplacesTheOlderOne() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 1);
            String key = again.expect(ServerMessage.Resumed.class).resumeKey();
            ada.expectClose(CloseCode.REPLACED);
            again.send(new ClientMessage.Signal(2000, null, null, ada.id()));
            again.expect(ServerMessage.Done.class);
            TestClient stale = resume(fixture, ada.id(), ada.connected().resumeKey(), 1);
            stale.expectFailure(1001, ErrorCode.UNKNOWN_RESUME);
            stale.expectClose(CloseCode.REFUSED);
            resume(fixture, ada.id(), key, 1).expect(ServerMessage.Resumed.class);
        }
    }

    @Test
    void clientThatMissedTooMuchReceivesTheRoster() {
        ServerLimits limits = ServerLimits.builder().historyEvents(3).build();
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.timings(LONG_TIMEOUTS).limits(limits))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.breakSocket();
            bob.expect(SequencedEvent.ConnectionReconnecting.class);
            for (int i = 0; i < 5; i++) {
                bob.publish("s" + i);
                bob.expect(SequencedEvent.StreamCreated.class);
            }
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 1);
            var resumed = again.expect(ServerMessage.Resumed.class);
            assertThat(resumed.roster().streams()).hasSize(5);
            assertThat(resumed.roster().sequence()).isEqualTo(resumed.sequence());
            bob.expect(SequencedEvent.ConnectionReconnected.class);
            bob.publish("live");
            assertThat(again.expect(SequencedEvent.StreamCreated.class).sequence())
                    .isEqualTo(resumed.sequence() + 1);
        }
    }

    @Test
    void lostClientLeavesAfterTheWindow() {
        try (ServerFixture fixture = fixture(HASTY)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.expect(SequencedEvent.ConnectionCreated.class);
            var stream = ada.publish("cam");
            ada.breakSocket();
            bob.await(SequencedEvent.ConnectionReconnecting.class);
            assertThat(bob.expect(SequencedEvent.StreamDestroyed.class).streamId())
                    .isEqualTo(stream.streamId());
            var gone = bob.expect(SequencedEvent.ConnectionDestroyed.class);
            assertThat(gone.reason()).isEqualTo(DisconnectReason.NETWORK_DISCONNECTED);
            assertThat(gone.detail()).isEqualTo(DisconnectDetail.SOCKET_LOST);
            TestClient late = resume(fixture, ada.id(), ada.connected().resumeKey(), 1);
            assertThat(late.next())
                    .as("receives how it ended, so that the client does not start over")
                    .isEqualTo(new ServerMessage.Disconnected(
                            DisconnectReason.NETWORK_DISCONNECTED, DisconnectDetail.SOCKET_LOST, null));
        }
    }

    @Test
    void attemptThatTheNetworkHeldBackDoesNotReplaceALaterOne() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            ada.breakSocket();
            TestClient second = fixture.open();
            String key = ada.connected().resumeKey();
            second.send(new ClientMessage.Resume(3, 1, fixture.session, ada.id(), key, 1));
            second.expect(ServerMessage.Resumed.class);
            TestClient first = fixture.open();
            first.send(new ClientMessage.Resume(2, 1, fixture.session, ada.id(), key, 1));
            first.expectFailure(2, ErrorCode.INVALID_PARAMETER);
            second.send(new ClientMessage.Signal(4, "probe", null, null));
            second.expect(ServerMessage.Done.class);
        }
    }

    @Test
    void streamEndedBeforeItsPublisherHeardOfItIsNotPublishedTwice() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient moderator = fixture.join(Role.MODERATOR);
            var publish = new ClientMessage.Publish(40, "once", true, true, null, null);
            ada.send(publish);
            StreamInfo stream = ada.await(ServerMessage.Published.class).stream();
            ada.breakSocket();
            moderator.await(SequencedEvent.ConnectionReconnecting.class);
            moderator.send(new ClientMessage.ForceUnpublish(41, stream.streamId()));
            moderator.await(SequencedEvent.StreamDestroyed.class);
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 2);
            again.expect(ServerMessage.Resumed.class);
            again.send(publish);
            again.await(SequencedEvent.StreamDestroyed.class);
            again.expectFailure(40, ErrorCode.PUBLISH_STREAM_NOT_FOUND);
        }
    }

    @Test
    void streamMutedBeforeItsPublisherHeardOfItIsAnsweredAsItIs() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient moderator = fixture.join(Role.MODERATOR);
            var publish = new ClientMessage.Publish(40, "once", true, true, null, null);
            ada.send(publish);
            StreamInfo stream = ada.await(ServerMessage.Published.class).stream();
            ada.breakSocket();
            moderator.await(SequencedEvent.ConnectionReconnecting.class);
            moderator.send(new ClientMessage.ForceMute(41, stream.streamId()));
            moderator.await(SequencedEvent.StreamChanged.class);
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 2);
            again.expect(ServerMessage.Resumed.class);
            again.send(publish);
            again.await(SequencedEvent.StreamChanged.class);
            assertThat(again.await(ServerMessage.Published.class).stream())
                    .as("the change came before, so it would be undone by an older answer")
                    .isEqualTo(stream.with(new StreamChange(false, null, null, null)));
        }
    }

    /** The request is read before the client is admitted or after. */
    @Test
    void disconnectBeforeConnectedLeavesNoConnection() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient bob = fixture.join(Role.PUBLISHER);
            TestClient hasty = fixture.open();
            hasty.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
            hasty.send(new ClientMessage.Disconnect());
            hasty.expectClose(CloseCode.NORMAL);
            TestClient carol = fixture.join(Role.PUBLISHER);
            Set<ConnectionId> seen = new HashSet<>();
            while (!seen.equals(Set.of(carol.id()))) {
                ServerMessage message = bob.next();
                if (message instanceof SequencedEvent.ConnectionCreated created) {
                    seen.add(created.connection().connectionId());
                } else if (message instanceof SequencedEvent.ConnectionDestroyed destroyed) {
                    assertThat(destroyed.reason()).isEqualTo(DisconnectReason.CLIENT_DISCONNECTED);
                    assertThat(seen.remove(destroyed.connectionId())).isTrue();
                }
            }
        }
    }

    @Test
    void withoutAWindowALostClientLeavesAtOnce() {
        try (ServerFixture fixture = fixture(new Timings(5000, 60_000, 0))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.breakSocket();
            assertThat(bob.expect(SequencedEvent.ConnectionDestroyed.class).reason())
                    .isEqualTo(DisconnectReason.NETWORK_DISCONNECTED);
        }
    }

    @Test
    void normalCloseIsADisconnectAndAnyOtherCloseIsALoss() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient watcher = fixture.join(Role.PUBLISHER);
            TestClient polite = fixture.join(Role.PUBLISHER);
            watcher.expect(SequencedEvent.ConnectionCreated.class);
            polite.closeSocket(1000);
            assertThat(watcher.expect(SequencedEvent.ConnectionDestroyed.class).reason())
                    .isEqualTo(DisconnectReason.CLIENT_DISCONNECTED);
            TestClient odd = fixture.join(Role.PUBLISHER);
            watcher.expect(SequencedEvent.ConnectionCreated.class);
            odd.closeSocket(4999);
            assertThat(watcher.expect(SequencedEvent.ConnectionReconnecting.class)
                            .connectionId())
                    .isEqualTo(odd.id());
        }
    }

    @Test
    void silentClientIsClosedAndTalkingOneIsNot() {
        StoppedClock clock = new StoppedClock();
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.timeSource(clock).timings(Silence.timings(100)))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.expect(SequencedEvent.ConnectionCreated.class);
            ada.expectNothing();
            Silence.pass(clock, bob);
            ada.expectClose(CloseCode.SILENT);
            bob.expect(SequencedEvent.ConnectionReconnecting.class);
            assertThat(bob.expect(SequencedEvent.ConnectionDestroyed.class).detail())
                    .isEqualTo(DisconnectDetail.SILENT);
            clock.jump(Silence.HEARTBEAT_MILLIS);
            Awaitility.await("a heartbeat of the server").until(() -> bob.heartbeats.get() > 0);
            bob.expectNothing();
        }
    }

    /**
     * A long message over a slow path takes longer than the silence time. The server has one loop, so it has read the byte when it
     * has answered the other client twice.
     */
    @Test
    void everyByteCountsAgainstSilence() throws Exception {
        StoppedClock clock = new StoppedClock();
        try (ServerFixture fixture = new ServerFixture(
                        builder -> builder.threads(1).timeSource(clock).timings(Silence.timings(0)));
                RawSocket slow = new RawSocket(fixture.server).upgrade()) {
            TestClient other = fixture.join(Role.PUBLISHER);
            slow.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            other.expect(SequencedEvent.ConnectionCreated.class);
            assertThat(slow.readText()).contains("\"connected\"");
            byte[] signal = TestClient.CODEC
                    .encodeClient(new ClientMessage.Signal(2, "slow", "x", null))
                    .getBytes(StandardCharsets.UTF_8);
            slow.announceFrame(signal.length);
            int sent = 0;
            while (sent < 5) {
                clock.jump(Silence.BEFORE_MILLIS);
                assertThat(slow.readText())
                        .as("after the server has looked for silence")
                        .contains("\"heartbeat\"");
                slow.writeBytes(new byte[] {signal[sent++]});
                other.expectNothing();
                other.expectNothing();
            }
            slow.writeBytes(Arrays.copyOfRange(signal, sent, signal.length));
            other.expect(SequencedEvent.Signal.class);
            clock.jump(Silence.MILLIS);
            StringBuilder heard = new StringBuilder();
            assertThat(slow.readToTheEnd(heard::append)).isEqualTo(CloseCode.SILENT.code());
            assertThat(heard).contains("\"done\"").contains("\"slow\"");
        }
    }

    @Test
    void clientRemovedWhileOfflineReceivesTheReasonOnResume() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.breakSocket();
            bob.expect(SequencedEvent.ConnectionReconnecting.class);
            fixture.server
                    .control()
                    .forceDisconnect(fixture.session, ada.id(), "bye", false)
                    .join();
            TestClient again = resume(fixture, ada.id(), ada.connected().resumeKey(), 1);
            assertThat(again.next())
                    .isEqualTo(new ServerMessage.Disconnected(
                            DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, "bye"));
            again.expectClose(CloseCode.KICKED);
        }
    }

    @Test
    void closingServerTellsItsClients() {
        try (ServerFixture fixture = fixture(LONG_TIMEOUTS)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            fixture.server.close();
            ada.expect(ServerMessage.Draining.class);
            ada.expectClose(CloseCode.GOING_AWAY);
            fixture.server.close();
            // a thread is still alive for a moment after its event loop has ended
            Awaitility.await("threads end")
                    .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                            .noneMatch(thread -> thread.getName().startsWith("signaling-") && thread.isAlive()));
        }
    }
}
