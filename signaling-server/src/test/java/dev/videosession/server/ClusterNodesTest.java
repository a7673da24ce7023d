package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.redis.RedisServer;
import dev.videosession.server.settings.ClusterSettings;
import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole nodes of a cluster in this process: REST calls at any of them, bans, limits, and a node without its Redis. */
@Timeout(120)
class ClusterNodesTest {
    private final SessionId session = ServerFixture.newSession();
    private final List<ServerFixture> nodes = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void startRedis() throws IOException {
        redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
    }

    @AfterEach
    void stop() {
        nodes.forEach(ServerFixture::disconnectClients);
        nodes.forEach(ServerFixture::close);
        redis.close();
    }

    private ServerFixture node(String name) {
        return node(name, limits -> limits);
    }

    private ServerFixture node(String name, UnaryOperator<ServerLimits.Builder> limits) {
        ServerFixture node = new ServerFixture(
                builder -> builder.cluster(new ClusterSettings(redis.url(), null, name, null, 0))
                        .limits(limits.apply(ServerLimits.builder()).build()),
                session);
        nodes.add(node);
        return node;
    }

    private static String kick(TestClient victim) {
        return "/connection/" + victim.id().value();
    }

    private static void expectRefusal(TestClient refused, ErrorCode code) {
        ServerMessage.Failed failed = refused.expect(ServerMessage.Failed.class);
        assertThat(failed.code()).as(failed.message()).isEqualTo(code.code());
    }

    @Test
    void restCallsWorkAtANodeThatHoldsNoClientOfTheSession() throws IOException {
        ServerFixture first = node("first");
        TestClient opener = first.join(Role.PUBLISHER);
        TestClient ada = first.join(Role.MODERATOR);
        TestClient bob = node("second").join(Role.PUBLISHER);
        opener.send(new ClientMessage.Disconnect());
        ada.await(SequencedEvent.ConnectionDestroyed.class);
        RestClient rest = new RestClient(node("third"));
        String listing = rest.call("GET", "/v2/project/" + ServerFixture.PROJECT.apiKey() + "/session")
                .body();
        assertThat(listing)
                .as("the session began when its first client joined, at whichever node it is listed")
                .contains("\"createdAt\":" + opener.connected().connection().creationTime());
        assertThat(new RestClient(first)
                        .call("GET", "/v2/project/" + ServerFixture.PROJECT.apiKey() + "/session")
                        .body())
                .isEqualTo(listing);
        assertThat(rest.call("DELETE", rest.path(kick(bob))).status()).isEqualTo(204);
        assertThat(bob.await(ServerMessage.Disconnected.class).reason()).isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
        assertThat(ada.await(SequencedEvent.ConnectionDestroyed.class).connectionId())
                .isEqualTo(bob.id());
        assertThat(rest.call("GET", rest.path("/connection")).body())
                .as("what was done is seen at the same node")
                .doesNotContain(bob.id().value());
    }

    @Test
    void banSurvivesTheRestartOfAllNodesAndOfRedis() throws Exception {
        ServerFixture first = node("first");
        String token = first.token(Role.PUBLISHER);
        TestClient victim = first.open().connect(session, token);
        RestClient rest = new RestClient(node("second"));
        assertThat(rest.call("DELETE", rest.path(kick(victim)) + "?ban=true").status())
                .isEqualTo(204);
        victim.expectClose(CloseCode.BANNED);
        nodes.forEach(ServerFixture::close);
        redis.restart();
        TestClient again = node("third").open();
        again.sendConnect(session, token);
        expectRefusal(again, ErrorCode.AUTHENTICATION_ERROR);
    }

    @Test
    void limitsOfASessionAndATokenHoldForAllNodesTogether() {
        UnaryOperator<ServerLimits.Builder> limits =
                builder -> builder.connectionsPerSession(3).connectionsPerToken(2);
        ServerFixture first = node("first", limits);
        ServerFixture second = node("second", limits);
        String token = first.token(Role.PUBLISHER);
        first.open().connect(session, token);
        second.open().connect(session, token);
        TestClient sameToken = first.open();
        sameToken.sendConnect(session, token);
        expectRefusal(sameToken, ErrorCode.CONNECTION_LIMIT_EXCEEDED);
        TestClient third = second.join(Role.MODERATOR);
        TestClient tooMany = first.open();
        tooMany.sendConnect(session, first.token(Role.SUBSCRIBER));
        expectRefusal(tooMany, ErrorCode.CONNECTION_LIMIT_EXCEEDED);
        third.send(new ClientMessage.Disconnect());
        third.await(ServerMessage.Disconnected.class);
        first.join(Role.SUBSCRIBER);
    }

    @Test
    void entryRateHoldsForEachNode() {
        UnaryOperator<ServerLimits.Builder> limits = builder -> builder.entryRate(1, 2);
        ServerFixture first = node("first", limits);
        ServerFixture second = node("second", limits);
        List<TestClient> clients = Stream.generate(first::open).limit(10).toList();
        clients.forEach(
                client -> client.sendConnect(session, first.token(Role.PUBLISHER))); // one more may enter each second
        List<TestClient> admitted = new ArrayList<>();
        List<ServerMessage.Failed> refused = new ArrayList<>();
        for (TestClient client : clients) {
            if (client.next() instanceof ServerMessage.Failed failed) {
                refused.add(failed);
            } else {
                admitted.add(client);
            }
        }
        assertThat(admitted).hasSizeGreaterThanOrEqualTo(2);
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.CONNECT_FAILED.code()));
        TestClient other = second.join(Role.PUBLISHER);
        SequencedEvent.ConnectionCreated seen;
        do {
            seen = admitted.get(0).await(SequencedEvent.ConnectionCreated.class);
        } while (!seen.connection().connectionId().equals(other.id()));
    }

    @Test
    void signalToAClientThatAStoppingNodeHasSentAwayArrivesAtTheNextNode() {
        ServerFixture first = node("first");
        ServerFixture second = node("second");
        TestClient ada = first.join(Role.PUBLISHER);
        TestClient bob = second.join(Role.PUBLISHER);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(first.server::close);
        ada.await(ServerMessage.Draining.class);
        ada.expectClose(CloseCode.GOING_AWAY);
        bob.send(new ClientMessage.Signal(10, "chat", "hello", ada.id()));
        for (long id = 11; id < 21; id++) { // the node that stops is told of the first signal meanwhile
            bob.send(new ClientMessage.Signal(id, "chat", null, bob.id()));
            bob.await(ServerMessage.DirectSignal.class);
        }
        TestClient again = second.open();
        again.send(new ClientMessage.Resume(
                11, 1, session, ada.id(), ada.connected().resumeKey(), 1));
        assertThat(again.await(ServerMessage.DirectSignal.class).data()).isEqualTo("hello");
        again.send(new ClientMessage.Signal(12, "chat", "next", ada.id()));
        assertThat(again.await(ServerMessage.DirectSignal.class).data()).isEqualTo("next");
        stopped.join();
    }

    /** No other node could take the client. */
    @Test
    void onlyNodeKeepsItsClientsWhileRedisIsDown() throws Exception {
        ServerFixture only = node("only");
        TestClient ada = only.join(Role.MODERATOR);
        RestClient rest = new RestClient(only);
        redis.kill();
        Awaitility.await("the node knows")
                .atMost(Duration.ofMinutes(1))
                .until(() -> only.get("/health").code() == 503);
        assertThat(only.get("/health").body().string()).contains("no connection to Redis");
        assertThat(rest.call("DELETE", rest.path(kick(ada))).status()).isEqualTo(503);
        TestClient late = only.open();
        late.sendConnect(session, only.token(Role.PUBLISHER));
        ServerMessage.Failed failed = late.expect(ServerMessage.Failed.class);
        assertThat(failed.retry()).as("%s", failed).isTrue();
        ada.send(new ClientMessage.Signal(ada.nextId(), "chat", "hello", null));
        redis.restart();
        Awaitility.await("the node is ready")
                .atMost(Duration.ofMinutes(1))
                .until(() -> only.get("/health").code() == 200);
        assertThat(ada.await(SequencedEvent.Signal.class).data()).isEqualTo("hello");
        assertThat(ada.closed()).isNotDone();
        TestClient bob = only.join(Role.PUBLISHER);
        assertThat(bob.connected().roster().connections()).hasSize(2);
    }
}
