package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.redis.RedisServer;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One session whose clients are at two servers with one Redis. */
@Timeout(120)
class SharedSessionTest {
    private static RedisServer redis;

    private final SharedServers servers = new SharedServers(redis, 1000);
    private final SessionId session = servers.session;
    private final ServerFixture first = servers.start();
    private final ServerFixture second = servers.start();

    @BeforeAll
    static void startRedis() throws IOException {
        redis = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void clientsOfTwoServersSeeEachOther() {
        TestClient ada = first.join(Role.PUBLISHER);
        TestClient bob = second.join(Role.PUBLISHER);
        assertThat(bob.connected().roster().connections()).hasSize(2);
        assertThat(ada.expect(SequencedEvent.ConnectionCreated.class)
                        .connection()
                        .connectionId())
                .isEqualTo(bob.id());
        StreamInfo camera = ada.publish("camera");
        assertThat(bob.expect(SequencedEvent.StreamCreated.class).stream()).isEqualTo(camera);
        bob.send(new ClientMessage.Signal(50, "chat", "hello", null));
        assertThat(ada.await(SequencedEvent.Signal.class).data()).isEqualTo("hello");
        bob.send(new ClientMessage.Signal(51, "chat", "to ada", ada.id()));
        assertThat(ada.expect(ServerMessage.DirectSignal.class).data()).isEqualTo("to ada");
    }

    @Test
    void everyServerControlsTheSession() {
        TestClient ada = first.join(Role.PUBLISHER);
        TestClient bob = second.join(Role.PUBLISHER);
        ServerFixture third = servers.start();
        assertThat(third.server.control().sessions()).isEmpty();
        assertThat(third.server.control().allSessions().join()).contains(session);
        Optional<SessionSnapshot> snapshot =
                third.server.control().snapshot(session).join();
        assertThat(snapshot.orElseThrow().roster().connections()).hasSize(2);
        third.server
                .control()
                .forceDisconnect(session, bob.id(), "enough", false)
                .join();
        assertThat(bob.await(ServerMessage.Disconnected.class).reason()).isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
        assertThat(ada.await(SequencedEvent.ConnectionDestroyed.class).connectionId())
                .isEqualTo(bob.id());
        assertThat(second.server
                        .control()
                        .snapshot(session)
                        .join()
                        .orElseThrow()
                        .roster()
                        .connections())
                .hasSize(1);
        assertThat(third.server.control().snapshot(ServerFixture.newSession()).join())
                .isEmpty();
    }

    @Test
    void linkConnectsClientsOfTwoServers() {
        TestClient ada = first.join(Role.PUBLISHER);
        StreamInfo camera = ada.publish("camera");
        TestClient bob = second.join(Role.SUBSCRIBER);
        LinkId link = subscribe(bob, camera);
        assertThat(ada.await(ServerMessage.LinkOpened.class).linkId()).isEqualTo(link);
        negotiate(ada, bob, link, 1);
        bob.send(new ClientMessage.Unsubscribe(bob.nextId(), link));
        assertThat(ada.await(ServerMessage.LinkClosed.class).linkId()).isEqualTo(link);
    }

    private static LinkId subscribe(TestClient subscriber, StreamInfo stream) {
        subscriber.send(new ClientMessage.Subscribe(subscriber.nextId(), stream.streamId(), Subscription.EVERYTHING));
        return subscriber.await(ServerMessage.Subscribed.class).linkId();
    }

    private static void negotiate(TestClient publisher, TestClient subscriber, LinkId link, int number) {
        publisher.send(SampleSdp.offer(link, number));
        assertThat(subscriber.await(LinkMessage.Description.class).negotiation())
                .isEqualTo(number);
        subscriber.send(SampleSdp.answer(link, number));
        assertThat(publisher.await(LinkMessage.Description.class).negotiation()).isEqualTo(number);
        publisher.send(SampleSdp.candidate(link, number));
        subscriber.await(LinkMessage.Candidate.class);
        subscriber.send(SampleSdp.candidate(link, number));
        publisher.await(LinkMessage.Candidate.class);
    }

    @Test
    void clientResumesAtTheOtherServerWithItsLinksAndReplies() {
        TestClient ada = first.join(Role.PUBLISHER);
        ClientMessage publish = new ClientMessage.Publish(10, "camera", true, true, null, null);
        ada.send(publish);
        StreamInfo camera = ada.expect(ServerMessage.Published.class).stream();
        ada.await(SequencedEvent.StreamCreated.class);
        TestClient bob = second.join(Role.SUBSCRIBER);
        LinkId link = subscribe(bob, camera);
        ada.await(ServerMessage.LinkOpened.class);
        negotiate(ada, bob, link, 1);
        bob.send(new ClientMessage.Signal(50, "missed", null, null));
        bob.await(SequencedEvent.Signal.class);

        TestClient again = second.open();
        again.send(new ClientMessage.Resume(
                11, 1, session, ada.id(), ada.connected().resumeKey(), 2));
        ServerMessage.Resumed resumed = again.expect(ServerMessage.Resumed.class);
        assertThat(resumed.roster()).as("what was missed is sent as events").isNull();
        assertThat(resumed.links()).containsExactly(link);
        again.expect(SequencedEvent.ConnectionCreated.class);
        assertThat(again.expect(SequencedEvent.Signal.class).signalType()).isEqualTo("missed");
        assertThat(again.await(ServerMessage.LinkOpened.class).linkId()).isEqualTo(link);
        ada.expectClose(CloseCode.REPLACED);
        negotiate(again, bob, link, 2);

        again.send(publish);
        assertThat(again.await(ServerMessage.Published.class).stream()).isEqualTo(camera);
        assertThat(second.server
                        .control()
                        .snapshot(session)
                        .join()
                        .orElseThrow()
                        .roster()
                        .streams())
                .hasSize(1);
    }

    @Test
    void subscriberResumesAtTheOtherServer() {
        TestClient ada = first.join(Role.PUBLISHER);
        StreamInfo camera = ada.publish("camera");
        TestClient bob = first.join(Role.SUBSCRIBER);
        LinkId link = subscribe(bob, camera);
        ada.await(ServerMessage.LinkOpened.class);
        negotiate(ada, bob, link, 1);
        TestClient again = second.open();
        again.send(new ClientMessage.Resume(
                11, 1, session, bob.id(), bob.connected().resumeKey(), 3));
        assertThat(again.expect(ServerMessage.Resumed.class).links()).containsExactly(link);
        assertThat(ada.await(ServerMessage.LinkOpened.class).linkId()).isEqualTo(link);
        negotiate(ada, again, link, 2);
    }

    @Test
    void signalToAnOfflineClientArrivesOnceAtTheServerAtWhichItResumes() {
        TestClient ada = first.join(Role.PUBLISHER);
        TestClient cyd = first.join(Role.PUBLISHER);
        TestClient bob = second.join(Role.PUBLISHER);
        ada.breakSocket();
        signalOffline(ada, bob, cyd, "at the other server");
        TestClient atTheOther = second.open();
        String key = resume(atTheOther, ada, 10, ada.connected().resumeKey());
        expectOnce(atTheOther, ada, 11, "at the other server");

        atTheOther.breakSocket();
        signalOffline(ada, cyd, bob, "at the same server");
        TestClient atTheSame = second.open();
        key = resume(atTheSame, ada, 20, key);
        expectOnce(atTheSame, ada, 21, "at the same server");

        atTheSame.breakSocket();
        signalOffline(ada, cyd, bob, "at the first server");
        TestClient atTheFirst = first.open();
        resume(atTheFirst, ada, 30, key);
        expectOnce(atTheFirst, ada, 31, "at the first server");
    }

    /** Sends a signal to a client that has no socket. Its server was told of that when the witness, who is there too, has a signal. */
    private static void signalOffline(TestClient ada, TestClient sender, TestClient witness, String data) {
        sender.await(SequencedEvent.ConnectionReconnecting.class);
        sender.send(new ClientMessage.Signal(sender.nextId(), "chat", data, ada.id()));
        sender.send(new ClientMessage.Signal(sender.nextId(), "chat", "told", witness.id()));
        witness.await(ServerMessage.DirectSignal.class);
    }

    private String resume(TestClient again, TestClient ada, long id, String key) {
        again.send(new ClientMessage.Resume(id, 1, session, ada.id(), key, 1));
        return again.expect(ServerMessage.Resumed.class).resumeKey();
    }

    private static void expectOnce(TestClient again, TestClient ada, long id, String data) {
        assertThat(again.await(ServerMessage.DirectSignal.class).data()).isEqualTo(data);
        again.send(new ClientMessage.Signal(id, "chat", "next", ada.id()));
        assertThat(again.await(ServerMessage.DirectSignal.class).data()).isEqualTo("next");
    }

    @Test
    void connectionEndsWhenMoreSignalsWaitForItsClientThanMayBeParked() {
        TestClient ada = first.join(Role.PUBLISHER);
        TestClient bob = second.join(Role.PUBLISHER);
        ada.breakSocket();
        bob.await(SequencedEvent.ConnectionReconnecting.class);
        String data = "x".repeat(8192);
        for (int bytes = 0; bytes < 1024 * 1024; bytes += data.length()) {
            second.server.control().signal(session, ada.id(), "chat", data).join();
        }
        long begun = System.nanoTime();
        assertThat(bob.await(SequencedEvent.ConnectionDestroyed.class).reason())
                .isEqualTo(DisconnectReason.NETWORK_DISCONNECTED);
        assertThat(System.nanoTime() - begun)
                .as("before the resume window ends")
                .isLessThan(5_000_000_000L);
    }

    /** A delayed resume at one server must not take the connection back from another. */
    @Test
    void laterResumeWins() {
        TestClient ada = first.join(Role.PUBLISHER);
        TestClient newer = second.open();
        newer.send(new ClientMessage.Resume(
                12, 1, session, ada.id(), ada.connected().resumeKey(), 1));
        newer.expect(ServerMessage.Resumed.class);
        TestClient delayed = first.open();
        delayed.send(new ClientMessage.Resume(
                11, 1, session, ada.id(), ada.connected().resumeKey(), 1));
        delayed.expectFailure(11, ErrorCode.INVALID_PARAMETER);
        newer.send(new ClientMessage.Signal(13, "here", null, null));
        newer.await(SequencedEvent.Signal.class);
    }

    @Test
    void removedClientGetsTheReasonAtEveryServer() {
        TestClient ada = first.join(Role.PUBLISHER);
        second.join(Role.PUBLISHER);
        second.server
                .control()
                .forceDisconnect(session, ada.id(), "enough", false)
                .join();
        TestClient again = second.open();
        again.send(new ClientMessage.Resume(
                11, 1, session, ada.id(), ada.connected().resumeKey(), 1));
        ServerMessage.Disconnected last = again.expect(ServerMessage.Disconnected.class);
        assertThat(last.reason()).isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
        assertThat(last.message()).isEqualTo("enough");
    }
}
