package dev.videosession.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.WebhookSettings;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.server.webhook.WebhookReceiver.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Backends that fail, delay and recover. */
class WebhookRetryTest extends WebhookScene {
    @Test
    void failuresAreRepeatedUntilTheBackendIsBackAndTheOrderHolds() {
        AtomicInteger failures = new AtomicInteger();
        receiver.answer(delivery -> {
            int number = failures.incrementAndGet();
            return number <= 5 ? List.of(500, 503, 404, 302, 429).get(number - 1) : 200;
        });
        try (ServerFixture fixture = server(quick())) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            ada.send(new ClientMessage.Disconnect());
            List<Delivery> got = receiver.awaitAccepted(4);
            assertThat(events(got))
                    .containsExactly("sessionCreated", "connectionCreated", "connectionDestroyed", "sessionDestroyed");
            assertThat(got.get(0).attempt()).isEqualTo("6");
            assertThat(receiver.all().subList(0, 6))
                    .extracting(Delivery::id)
                    .containsOnly(got.get(0).id());
            assertThat(receiver.all()).extracting(Delivery::path).containsOnly("/events?x=1");
            assertThat(fixture.metric("videosession.webhooks.failures")).isEqualTo(5);
            Awaitility.await().until(() -> fixture.metric("videosession.webhooks.delivered") == 4);
            assertThat(fixture.metric("videosession.webhooks.waiting")).isZero();
        }
    }

    @Test
    void unreachableBackendDoesNotBlockOtherBackends() throws IOException {
        var uri = receiver.uri();
        receiver.close();
        try (ServerFixture fixture = server(quick())) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            ada.expectNothing();
            Awaitility.await().until(() -> fixture.metric("videosession.webhooks.failures") > 2);
            receiver = new WebhookReceiver();
            fixture.server.projects().put(PROJECT.withWebhook(receiver.uri()));
            assertThat(receiver.uri()).isNotEqualTo(uri);
            assertThat(events(receiver.awaitAccepted(2))).containsExactly("sessionCreated", "connectionCreated");
        }
    }

    @Test
    void slowBackendHoldsUpNeitherTheSessionNorOtherSessions() {
        CountDownLatch release = new CountDownLatch(1);
        try (ServerFixture fixture = server(quick())) {
            String slow = fixture.session.value();
            receiver.answer(delivery -> {
                if (delivery.session().equals(slow)) {
                    release.await();
                }
                return 200;
            });
            TestClient ada = fixture.join(Role.PUBLISHER);
            ada.expectNothing();
            SessionId other = ServerFixture.newSession();
            fixture.open().connect(other, new TokenIssuer(PROJECT).jwt(new ClientToken(other)));
            assertThat(receiver.awaitAccepted(2)).extracting(Delivery::session).containsOnly(other.value());
            Awaitility.await().until(() -> fixture.metric("videosession.webhooks.failures") >= 1);
            release.countDown();
            Awaitility.await()
                    .until(() -> receiver.accepted().stream()
                            .anyMatch(delivery -> delivery.session().equals(slow)
                                    && delivery.event().equals("connectionCreated")));
        } finally {
            release.countDown();
        }
    }

    @Test
    void fullQueueDropsTheOldest() {
        CountDownLatch release = new CountDownLatch(1);
        receiver.answer(delivery -> {
            release.await();
            return 200;
        });
        WebhookSettings settings = new WebhookSettings(
                5,
                1,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
        try (ServerFixture fixture = server(settings)) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            for (int i = 0; i < 8; i++) {
                ada.publish("stream " + i);
                ada.expect(SequencedEvent.StreamCreated.class);
            }
            Awaitility.await().until(() -> fixture.metric("videosession.webhooks.dropped", "cause", "overflow") == 5);
            assertThat(fixture.metric("videosession.webhooks.waiting")).isEqualTo(5);
            release.countDown();
            List<Delivery> got = receiver.awaitAccepted(5);
            assertThat(got.get(0).event()).isEqualTo("sessionCreated");
            assertThat(got.subList(1, 5))
                    .extracting(delivery -> delivery.body().replaceAll(".*\"name\":\"([^\"]*)\".*", "$1"))
                    .containsExactly("stream 4", "stream 5", "stream 6", "stream 7");
        } finally {
            release.countDown();
        }
    }

    @Test
    void oldEventsAreGivenUp() {
        receiver.answer(delivery -> delivery.event().equals("sessionCreated") ? 500 : 200);
        try (ServerFixture fixture = server(settings(1000, 4, Duration.ofMillis(200)))) {
            fixture.join(Role.PUBLISHER);
            Awaitility.await()
                    .until(() -> fixture.server
                                    .meters()
                                    .find("videosession.webhooks.dropped")
                                    .tag("cause", "expired")
                                    .counter()
                            != null);
            TestClient bob = fixture.join(Role.PUBLISHER);
            bob.expectNothing();
            assertThat(events(receiver.awaitAccepted(1))).contains("connectionCreated");
        }
    }

    @Test
    void manySessionsKeepTheirOrderWhileTheBackendFailsNowAndThen() {
        AtomicInteger requests = new AtomicInteger();
        receiver.answer(delivery -> requests.incrementAndGet() % 3 == 0 ? 500 : 200);
        try (ServerFixture fixture = server(quick())) {
            TokenIssuer issuer = new TokenIssuer(PROJECT);
            List<SessionId> sessions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                SessionId session = ServerFixture.newSession();
                sessions.add(session);
                TestClient client = fixture.open().connect(session, issuer.jwt(new ClientToken(session)));
                client.publish("a");
                client.send(new ClientMessage.Disconnect());
            }
            receiver.awaitAccepted(20 * 6);
            for (SessionId session : sessions) {
                assertThat(receiver.accepted().stream()
                                .filter(delivery -> delivery.session().equals(session.value()))
                                .map(Delivery::event))
                        .containsExactly(
                                "sessionCreated",
                                "connectionCreated",
                                "streamCreated",
                                "streamDestroyed",
                                "connectionDestroyed",
                                "sessionDestroyed");
            }
        }
    }
}
