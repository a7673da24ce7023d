package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients that write their own messages can do at a real media router. */
class RoutedSessionTest {
    private final ServerFixture fixture =
            ServerFixture.routed(builder -> builder.router(new JanusSettings(Path.of("/usr/bin/janus"))));

    @BeforeEach
    void awaitRouter() {
        await("the router is up")
                .atMost(Duration.ofSeconds(15))
                .until(() -> fixture.metric("videosession.router.up") == 1);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void awaitEnds(int count) {
        await(count + " ends at the router")
                .until(() -> fixture.metric("videosession.router.publishers")
                                + fixture.metric("videosession.router.subscribers")
                        == count);
    }

    /** Publishes and is answered by the router. */
    private LinkId publish(TestClient client, String name) {
        client.send(new ClientMessage.Publish(client.nextId(), name, true, true, null, null));
        LinkId link = client.await(ServerMessage.LinkOpened.class).linkId();
        client.send(SampleSdp.offer(link, 1));
        assertThat(client.await(LinkMessage.Description.class).kind()).isEqualTo(DescriptionKind.ANSWER);
        return link;
    }

    private static StreamInfo streamOf(TestClient viewer) {
        return viewer.connected().roster().streams().get(0);
    }

    @Test
    void subscriberCannotPublishToTheRouter() {
        LinkId publishersLink = publish(fixture.join(Role.PUBLISHER), "cam");
        awaitEnds(1);
        TestClient subscriber = fixture.join(Role.SUBSCRIBER);
        long id = subscriber.nextId();
        subscriber.send(new ClientMessage.Publish(id, "mine", true, true, null, null));
        subscriber.expectFailure(id, ErrorCode.PUBLISH_NOT_PERMITTED);

        subscriber.send(SampleSdp.offer(publishersLink, 2));
        assertThat(subscriber.expect(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.LINK_NOT_FOUND.code());

        subscriber.send(new ClientMessage.Subscribe(
                subscriber.nextId(), streamOf(subscriber).streamId(), Subscription.EVERYTHING));
        LinkId own = subscriber.expect(ServerMessage.Subscribed.class).linkId();
        subscriber.send(SampleSdp.offer(own, 1));
        assertThat(subscriber.expect(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.INVALID_PARAMETER.code());
        awaitEnds(1); // the router waits for the publisher's media before it opens the subscriber's end
    }

    @Test
    void moderatorsCommandsReleaseTheVictimsEndAtTheRouter() {
        TestClient victim = fixture.join(Role.PUBLISHER);
        publish(victim, "one");
        publish(victim, "two");
        awaitEnds(2);
        TestClient moderator = fixture.join(Role.MODERATOR);
        moderator.send(new ClientMessage.ForceUnpublish(
                moderator.nextId(), streamOf(moderator).streamId()));
        moderator.await(ServerMessage.Done.class);
        awaitEnds(1);
        moderator.send(new ClientMessage.ForceDisconnect(moderator.nextId(), victim.id(), null, null));
        moderator.await(ServerMessage.Done.class);
        awaitEnds(0);
    }

    @Test
    void offerThatTheRouterCannotUseIsRefusedAtOnce() {
        TestClient client = fixture.join(Role.PUBLISHER);
        client.send(new ClientMessage.Publish(client.nextId(), "cam", true, true, null, null));
        LinkId link = client.await(ServerMessage.LinkOpened.class).linkId();
        client.send(new LinkMessage.Description(link, 1, DescriptionKind.OFFER, SampleSdp.offer("video-of-17-chars")));
        ServerMessage.Failed failed = client.expect(ServerMessage.Failed.class);
        assertThat(failed.linkId()).isEqualTo(link);
        assertThat(failed.code()).isEqualTo(ErrorCode.OFFER_REFUSED.code());
        assertThat(failed.message()).contains("16 characters");
    }

    @Test
    void candidatesWithoutAnIndexAreAnsweredAFewTimes() {
        TestClient client = fixture.join(Role.PUBLISHER);
        LinkId link = publish(client, "cam");
        for (int i = 0; i < 300; i++) {
            client.sendRaw("{\"type\":\"candidate\",\"linkId\":\"" + link + "\",\"negotiation\":1,\"candidate\":\""
                    + SampleSdp.CANDIDATE + "\",\"sdpMid\":\"a\"}");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(client.expect(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.INVALID_PARAMETER.code());
        }
        client.expectNothing();
    }

    @Test
    void healthNamesEachRouter() throws Exception {
        assertThat(health(fixture)).endsWith(",\"routers\":{\"janus-1\":\"up\"}}");
        JanusEndpoint dead = new JanusEndpoint(URI.create("ws://127.0.0.1:1"), "", "");
        try (ServerFixture other = ServerFixture.routed(builder -> builder.router(dead))) {
            assertThat(health(other))
                    .startsWith("{\"status\":\"up\"")
                    .endsWith(",\"routers\":{\"ws://127.0.0.1:1\":\"down\"}}");
        }
    }

    private static String health(ServerFixture server) throws IOException {
        try (Response response = server.get("/health")) {
            assertThat(response.code()).isEqualTo(200);
            return response.body().string();
        }
    }
}
