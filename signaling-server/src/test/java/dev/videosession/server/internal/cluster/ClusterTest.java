package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.data.TokenRecord;
import dev.videosession.server.internal.data.TokenStoreException;
import dev.videosession.server.internal.data.TokenUsedException;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisServer;
import dev.videosession.server.settings.ClusterSettings;
import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes on a running Redis. */
class ClusterTest {
    /** No node loses its lease because the machine has a slow moment. */
    private static final LeaseTimes LONG = new LeaseTimes(60_000, 100);

    /** For tests in which leases end. */
    private static final LeaseTimes SHORT = new LeaseTimes(2000, 100);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final InetSocketAddress PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final Duration DAY = Duration.ofDays(1);

    private final List<Node> nodes = new ArrayList<>();
    private RedisServer redis;

    @BeforeEach
    void startRedis() throws IOException {
        redis = RedisServer.start();
    }

    @AfterEach
    void stopAll() {
        nodes.forEach(Node::close);
        redis.close();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT);
    }

    @Test
    void nodeThatStartsGetsNoClients() throws IOException {
        Node ready = node("ready");
        Node starting = new Node("starting", LONG);
        nodes.add(starting);
        starting.cluster.join(starting);
        await("both are members").until(() -> ready.cluster.size() == 2);
        assertThat(starting.cluster.whyNotReady()).isEqualTo("starting");
        assertThat(ready.cluster.hasOthers()).isFalse();
        assertThat(ready.cluster.isReady(starting.epoch.current())).isFalse();
        assertThat(ready.cluster.addresses()).containsExactly("http://ready.test");
        starting.cluster.listening(PORT, false);
        assertThat(starting.cluster.whyNotReady()).isNull();
        await("it gets clients")
                .until(() -> ready.cluster.hasOthers() && ready.cluster.isReady(starting.epoch.current()));
    }

    private Node node(String name) throws IOException {
        return node(name, LONG);
    }

    private Node node(String name, LeaseTimes times) throws IOException {
        Node node = new Node(name, times);
        nodes.add(node);
        node.cluster.join(node);
        node.cluster.listening(PORT, false);
        return node;
    }

    private static byte[] utf8(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Shows other nodes that the process of a node lives. */
    private static final class Inbox implements RedisConnection.ChannelListener {
        @Override
        public void message(String channel, byte[] message) {
            // nothing depends on messages here
        }

        @Override
        public void lost() {
            // the node is killed, or Redis is
        }
    }

    /** A node that records what it is asked to do. */
    private final class Node implements ClusterSessions, AutoCloseable {
        final RedisLink link = RedisLink.open(redis.uri());
        final NodeEpoch epoch = new NodeEpoch();
        final ProjectLoad projects =
                new ProjectLoad(ServerLimits.builder().connectionsPerProject(3).build());
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile boolean routerFull;
        final Cluster cluster;

        Node(String name, LeaseTimes times) throws IOException {
            link.subscribe(new Inbox(), NodeEpoch.CHANNELS + epoch.current())
                    .toCompletableFuture()
                    .join();
            cluster = Cluster.open(
                    new ClusterSettings(redis.url(), null, name, URI.create("http://" + name + ".test"), 0),
                    link,
                    epoch,
                    TimeSource.system(),
                    projects,
                    DAY,
                    times);
        }

        @Override
        public void abandonAll() {
            asked.add("abandonAll " + epoch.current());
        }

        @Override
        public void ownerDied(long dead) {
            asked.add("ownerDied " + dead);
        }

        @Override
        public void ownerDied(SessionId session, long dead) {
            asked.add("ownerDied " + session + " " + dead);
            link.call(commands -> commands.del("vs:{" + session + "}:connections"))
                    .toCompletableFuture();
        }

        @Override
        public boolean isRouterFull() {
            return routerFull;
        }

        @Override
        public void announce(List<String> addresses) {
            asked.add("announce " + addresses);
        }

        @Override
        public void sendAway(@Nullable List<String> addresses) {
            asked.add("sendAway " + addresses);
        }

        /** Dies without a word. */
        void kill() {
            link.close();
        }

        @Override
        public void close() {
            cluster.close();
            link.close();
        }
    }

    @Test
    void nodesKnowEachOtherAndAnnounceTheirAddresses() throws IOException {
        Node a = node("a");
        Node b = node("b");
        await("both are announced")
                .untilAsserted(
                        () -> assertThat(a.cluster.addresses()).containsExactly("http://a.test", "http://b.test"));
        await("and at the other node").until(() -> a.cluster.addresses().equals(b.cluster.addresses()));
        assertThat(b.cluster.drain()).containsExactly("http://a.test");
        assertThat(b.cluster.whyNotReady()).startsWith("draining");
        await("the node that stops is not announced any more")
                .untilAsserted(() -> assertThat(a.cluster.addresses()).containsExactly("http://a.test"));
        assertThat(a.cluster.whyNotReady()).isNull();
    }

    @Test
    void connectionsOfADeadNodeAreCleanedUpByOneThatLives() throws IOException {
        Node dead = node("dead", SHORT);
        long epoch = dead.epoch.current();
        dead.link
                .call(commands -> commands.sadd(SessionIndexes.key(epoch), utf8("s")))
                .toCompletableFuture()
                .join();
        dead.link
                .call(commands -> commands.hset("vs:{s}:connections", "c", utf8(epoch + " 0 {}")))
                .toCompletableFuture()
                .join();
        Node alive = node("alive", SHORT);
        dead.kill();
        await("cleaned up").until(() -> alive.asked.contains("ownerDied s " + epoch));
        assertThat(alive.asked).contains("ownerDied " + epoch);
        await("and forgotten")
                .until(() -> alive.link
                                .call(commands -> commands.exists(SessionIndexes.key(epoch), "vs:dead"))
                                .toCompletableFuture()
                                .join()
                        == 0);
    }

    @Test
    void nodeThatWasJudgedDropsEverythingBeforeItTakesANewEpoch() throws IOException {
        Node a = node("a");
        long before = a.epoch.current();
        a.link.call(commands -> commands.zrem("vs:nodes", utf8(before)))
                .toCompletableFuture()
                .join();
        await("a new epoch").until(() -> a.epoch.current() != before);
        await("nothing of the old one is left").until(() -> a.asked.contains("abandonAll " + a.epoch.current()));
        await("ready again").until(() -> a.cluster.whyNotReady() == null);
    }

    @Test
    void suspendedRedisCostsNoNodeItsLease() throws Exception {
        Node a = node("a", SHORT);
        Node b = node("b", SHORT);
        await("both are members").until(() -> a.cluster.size() == 2 && b.cluster.size() == 2);
        long epochA = a.epoch.current();
        long epochB = b.epoch.current();
        redis.signal("STOP");
        await("the nodes notice it").until(() -> a.cluster.whyNotReady() != null && b.cluster.whyNotReady() != null);
        redis.signal("CONT");
        await("both are ready again").until(() -> a.cluster.whyNotReady() == null && b.cluster.whyNotReady() == null);
        await("as if nothing had happened")
                .during(Duration.ofMillis(3 * SHORT.leaseMillis() / 2))
                .until(() -> a.cluster.size() == 2 && b.cluster.size() == 2);
        assertThat(a.epoch.current()).isEqualTo(epochA);
        assertThat(b.epoch.current()).isEqualTo(epochB);
        assertThat(a.asked).noneMatch(call -> call.startsWith("ownerDied"));
        assertThat(b.asked).noneMatch(call -> call.startsWith("abandonAll"));
    }

    @Test
    void tokenOfARestCallIsGoodForOneNode() throws Exception {
        Node a = node("a");
        Node b = node("b");
        long end = TimeSource.system().instant().getEpochSecond() + 60;
        TokenRecord used = new TokenRecord(TokenRecord.Kind.USED, "100 jti", end);
        a.cluster.tokens().append(used).join();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> b.cluster.tokens().append(used).join())
                .withCauseInstanceOf(TokenUsedException.class);
        redis.kill();
        await("Redis is lost").until(() -> !b.link.isUp());
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> b.cluster.tokens().append(used).join())
                .withCauseInstanceOf(TokenStoreException.class);
    }

    @Test
    void revokedTokenReachesOtherNodesAndThoseThatStartLater() throws IOException {
        Node a = node("a");
        Node b = node("b");
        List<TokenRecord> learned = new CopyOnWriteArrayList<>();
        b.cluster.tokens().follow(learned::add);
        long end = TimeSource.system().instant().getEpochSecond() + 60;
        TokenRecord revoked = new TokenRecord(TokenRecord.Kind.REVOKED, "fingerprint", end);
        a.cluster.tokens().append(revoked).join();
        a.cluster
                .tokens()
                .append(new TokenRecord(TokenRecord.Kind.BANNED, "ended", end - 120))
                .join();
        await("the other node has it").until(() -> learned.contains(revoked));
        assertThat(node("c").cluster.tokens().loaded()).containsExactly(revoked);
    }

    @Test
    void nodesKnowWhoseRoutersAreFull() throws IOException {
        Node a = node("a");
        Node b = node("b");
        long epoch = b.epoch.current();
        await("both are members").until(() -> a.cluster.isReady(epoch));
        assertThat(a.cluster.isRouterFull(epoch)).isFalse();
        b.routerFull = true;
        await("the other node knows").until(() -> a.cluster.isRouterFull(epoch));
        assertThat(a.cluster.isReady(a.epoch.current())).isFalse();
        b.cluster.drain();
        await("a node that stops takes nothing over").until(() -> !a.cluster.isReady(epoch));
    }

    @Test
    void limitOfAProjectCountsTheConnectionsOfAllNodes() throws IOException {
        Node a = node("a");
        Node b = node("b");
        for (int connection = 0; connection < 3; connection++) {
            assertThat(a.projects.enter("100")).isTrue();
        }
        await("the other node counts them").until(() -> {
            boolean full = !b.projects.enter("100");
            if (!full) {
                b.projects.leave("100");
            }
            return full;
        });
        a.projects.leave("100");
        await("one is free").until(() -> b.projects.enter("100"));
    }
}
