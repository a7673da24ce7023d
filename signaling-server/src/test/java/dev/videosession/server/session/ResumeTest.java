package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.StoppedClock;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.settings.ServerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResumeTest {
    private static final Timings LONG_TIMEOUTS = new Timings(5000, 60_000, 60_000);

    private static ServerFixture fixture() {
        return new ServerFixture(builder -> builder.timings(LONG_TIMEOUTS));
    }

    private static TestClient resume(ServerFixture fixture, TestClient ada, String key) {
        TestClient client = fixture.open();
        client.send(new ClientMessage.Resume(client.nextId() + 1000, 1, fixture.session, ada.id(), key, 1));
        return client;
    }

    private static void expectRefused(TestClient client) {
        client.expectFailure(1001, ErrorCode.UNKNOWN_RESUME);
        client.expectClose(CloseCode.REFUSED);
    }

    /** The client does not know the new key if {@code resumed} was lost, so the old one must go on to work. */
    @Test
    void keyStaysGoodUntilTheNextOneHasArrived() {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            String first = ada.connected().resumeKey();
            String unheard = resume(fixture, ada, first)
                    .expect(ServerMessage.Resumed.class)
                    .resumeKey();
            TestClient third = resume(fixture, ada, first);
            String newest = third.expect(ServerMessage.Resumed.class).resumeKey();
            expectRefused(resume(fixture, ada, unheard));
            third.send(new ClientMessage.Signal(2000, null, null, ada.id()));
            third.expect(ServerMessage.Done.class);
            expectRefused(resume(fixture, ada, first));
            resume(fixture, ada, newest).expect(ServerMessage.Resumed.class);
        }
    }

    @Test
    void publisherReceivesItsOpenLinksAgain() {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            StreamInfo stream = ada.publish("cam");
            TestClient bob = fixture.join(Role.PUBLISHER);
            StreamInfo bobs = bob.publish("other");
            LinkId closed = subscribe(bob, stream);
            bob.send(new ClientMessage.Unsubscribe(bob.nextId(), closed));
            bob.await(ServerMessage.Done.class);
            LinkId link = subscribe(bob, stream);
            subscribe(ada, bobs);
            Subscription voice = new Subscription(true, false, null, null);
            bob.send(new ClientMessage.UpdateSubscription(bob.nextId(), link, voice));
            bob.await(ServerMessage.Done.class);
            TestClient again = resume(fixture, ada, ada.connected().resumeKey());
            assertThat(again.expect(ServerMessage.Resumed.class).links()).hasSize(2);
            assertThat(again.await(ServerMessage.LinkOpened.class))
                    .isEqualTo(new ServerMessage.LinkOpened(link, stream.streamId(), bob.id(), voice));
            again.send(new ClientMessage.Signal(2000, null, null, ada.id()));
            again.expect(ServerMessage.Done.class);
        }
    }

    private static LinkId subscribe(TestClient client, StreamInfo stream) {
        client.send(new ClientMessage.Subscribe(client.nextId(), stream.streamId(), Subscription.EVERYTHING));
        return client.await(ServerMessage.Subscribed.class).linkId();
    }

    /** A client that never heard of its stream would not know what a link belongs to. */
    @Test
    void repeatedAnswerToPublishBringsTheLinksOfTheStream() {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            StreamInfo stream = ada.publish("cam");
            TestClient bob = fixture.join(Role.SUBSCRIBER);
            LinkId link = subscribe(bob, stream);
            TestClient again = resume(fixture, ada, ada.connected().resumeKey());
            assertThat(again.await(ServerMessage.LinkOpened.class).linkId()).isEqualTo(link);
            again.send(new ClientMessage.Publish(2, "cam", true, true, null, null));
            assertThat(again.expect(ServerMessage.Published.class).stream()).isEqualTo(stream);
            assertThat(again.expect(ServerMessage.LinkOpened.class).linkId()).isEqualTo(link);
        }
    }

    @Test
    void tooManyClientsReceiveATimeToRetry() {
        ServerLimits limits = ServerLimits.builder().entryRate(1, 3).build();
        try (ServerFixture fixture = new ServerFixture(
                builder -> builder.timings(LONG_TIMEOUTS).limits(limits).timeSource(new StoppedClock()))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            fixture.join(Role.PUBLISHER);
            TestClient again = resume(fixture, ada, ada.connected().resumeKey());
            again.expect(ServerMessage.Resumed.class);
            TestClient late = fixture.open();
            late.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
            var refusal = late.expect(ServerMessage.Failed.class);
            assertThat(refusal.name()).isEqualTo(ErrorCode.CONNECT_FAILED.errorName());
            assertThat(refusal.retry()).isTrue();
            assertThat(refusal.retryAfterMillis()).isEqualTo(1000);
            late.expectClose(CloseCode.REFUSED);
            TestClient lost = resume(fixture, ada, ada.connected().resumeKey());
            assertThat(lost.expect(ServerMessage.Failed.class).retryAfterMillis())
                    .isEqualTo(2000);
            lost.expectClose(CloseCode.REFUSED);
            again.send(new ClientMessage.Signal(2000, null, null, ada.id()));
            again.await(ServerMessage.Done.class);
        }
    }

    @Test
    void refusedClientsAreSpreadOverTheTimeThatTheyNeed() {
        ServerLimits limits = ServerLimits.builder()
                .entryRate(100, 10)
                .resumeReservePercent(0)
                .build();
        EntryRate rate = new EntryRate(limits, Long.MAX_VALUE - 5);
        long now = Long.MAX_VALUE - 5;
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 1010; i++) {
            waits.add(rate.connect(now, 5000));
        }
        assertThat(waits.subList(0, 10)).containsOnly(0L);
        assertThat(waits.subList(10, 13)).containsExactly(10L, 20L, 30L);
        assertThat(waits.subList(10, 1010)).isSorted().last().isEqualTo(5000L);
        long later = now + TimeUnit.SECONDS.toNanos(10);
        assertThat(rate.connect(later, 5000)).isZero();
    }

    @Test
    void drainingServerSpreadsTheReturnOfItsClients() {
        ServerLimits limits = ServerLimits.builder().entryRate(2, 100).build();
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.limits(limits).retryAfterMillis(700))) {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(fixture.join(Role.PUBLISHER));
            }
            fixture.server.close();
            List<Long> waits = clients.stream()
                    .map(client -> client.await(ServerMessage.Draining.class).retryAfterMillis())
                    .sorted()
                    .toList();
            assertThat(waits).containsExactly(700L, 1200L, 1700L, 2200L);
            clients.forEach(client -> client.expectClose(CloseCode.GOING_AWAY));
        }
    }

    @Test
    void newClientAfterAResumeReceivesTheFullRoster() {
        try (ServerFixture fixture = fixture()) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            StreamInfo stream = ada.publish("cam");
            resume(fixture, ada, ada.connected().resumeKey()).expect(ServerMessage.Resumed.class);
            TestClient bob = fixture.join(Role.SUBSCRIBER);
            assertThat(bob.connected().roster().streams()).containsExactly(stream);
            assertThat(bob.connected().roster().connections())
                    .containsExactly(
                            ada.connected().connection(), bob.connected().connection());
            bob.send(new ClientMessage.Disconnect());
            bob.await(ServerMessage.Disconnected.class);
        }
    }
}
