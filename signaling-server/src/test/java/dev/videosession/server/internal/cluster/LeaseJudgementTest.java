package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisScript;
import dev.videosession.server.internal.redis.simulated.SimulatedLink;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which leases the script judges, by the clock of Redis. */
@Timeout(10)
class LeaseJudgementTest {
    private static final RedisScript RENEW = RedisScript.read(Membership.class, "renew.lua");
    private static final String[] KEYS = {"vs:nodes", "vs:node-info", "vs:dead"};
    private static final long LEASE_MILLIS = 5000;
    private static final long ADA = 1;
    private static final long BOB = 2;

    private final SimulatedRedis redis = new SimulatedRedis(() -> now());
    private final SimulatedLink link = new SimulatedLink(redis, new Random(1), this::atOnce, this::atOnce);
    private RedisConnection.OpenChannels channelOfBob;
    private long millis;

    private long now() {
        return millis;
    }

    private void atOnce(Runnable task, long delay) {
        if (delay == 0) {
            task.run();
        }
    }

    @BeforeEach
    void join() {
        renew(ADA, true, false);
        renew(BOB, true, false);
        channelOfBob = link.subscribe(new Ignoring(), NodeEpoch.CHANNELS + BOB)
                .toCompletableFuture()
                .join();
    }

    private static final class Ignoring implements RedisConnection.ChannelListener {
        @Override
        public void message(String channel, byte[] message) {
            throw new AssertionError("no node sends messages");
        }

        @Override
        public void lost() {
            throw new AssertionError("the connection is not lost");
        }
    }

    /** {@return whether the node still had its lease} */
    private boolean renew(long node, boolean joins, boolean judges) {
        Object gap = link.eval(
                        RENEW,
                        KEYS,
                        RedisLink.bytes(node),
                        RedisLink.bytes("{}"),
                        RedisLink.bytes(LEASE_MILLIS),
                        RedisLink.bytes(joins ? 1 : 0),
                        RedisLink.bytes(judges ? 1 : 0),
                        RedisLink.bytes(600_000),
                        RedisLink.bytes(NodeEpoch.CHANNELS))
                .toCompletableFuture()
                .join()
                .get(0);
        return (Long) gap >= 0;
    }

    private boolean judge() {
        return renew(ADA, false, true);
    }

    private boolean isBobAlive() {
        return renew(BOB, false, false);
    }

    @Test
    void nodeThatDoesNotRenewItsLeaseIsJudged() {
        for (int i = 0; i < 4; i++) {
            millis += 1000;
            judge();
        }
        assertThat(isBobAlive()).isTrue();
        for (int i = 0; i < 5; i++) {
            millis += 1000;
            judge();
        }
        assertThat(isBobAlive()).isFalse();
    }

    /** The operating system closes the connections of a process that has ended. */
    @Test
    void nodeWhoseChannelIsClosedIsJudgedAfterHalfALease() {
        channelOfBob.close();
        for (int i = 0; i < 2; i++) {
            millis += 1000;
            judge();
        }
        assertThat(isBobAlive()).isTrue();
        for (int i = 0; i < 3; i++) {
            millis += 1000;
            judge();
        }
        assertThat(isBobAlive()).isFalse();
    }

    /** Both nodes have asked before Redis was suspended, and Redis answers afterwards. */
    @Test
    void requestThatWasSentBeforeAPauseOfRedisJudgesNoNode() {
        millis += 1000;
        judge();
        millis += 30_000;
        assertThat(judge()).isTrue();
        assertThat(isBobAlive()).isTrue();
    }

    /** A node that opens its channel anew is not judged as long as it renews its lease. */
    @Test
    void nodeWithoutAChannelIsNotJudgedWhileItRenewsItsLease() {
        channelOfBob.close();
        for (int i = 0; i < 10; i++) {
            millis += 1000;
            judge();
            assertThat(isBobAlive()).isTrue();
        }
    }

    /** After the pause both nodes renew their leases before they have opened their channels again. */
    @Test
    void pauseThatClosesTheChannelsJudgesNoNode() {
        millis += 1000;
        judge();
        channelOfBob.close();
        millis += LEASE_MILLIS - 700;
        assertThat(judge()).isTrue();
        assertThat(isBobAlive()).isTrue();
        millis += 1000;
        assertThat(judge()).isTrue();
        assertThat(isBobAlive()).isTrue();
    }

    /** The pause is shorter than a lease, and the lease of the other node is a little older. */
    @Test
    void pauseOfAlmostALeaseJudgesNoNode() {
        millis += 1000;
        judge();
        millis += LEASE_MILLIS - 500;
        assertThat(judge()).isTrue();
        assertThat(isBobAlive()).isTrue();
    }
}
