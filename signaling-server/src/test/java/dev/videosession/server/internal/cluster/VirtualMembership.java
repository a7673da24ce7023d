package dev.videosession.server.internal.cluster;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisScript;
import dev.videosession.server.internal.session.SessionRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real membership of a node whose sessions are known in advance, for tests in virtual time. */
public final class VirtualMembership implements NodeDirectory, Membership.Listener {
    private static final LeaseTimes TIMES = new LeaseTimes(5000, 1500);

    private static final long AGAIN_MILLIS = 3000;
    private static final RedisScript FORGET = RedisScript.read(DeadNodes.class, "forget.lua");
    private static final RedisScript FINISH = RedisScript.of("return {redis.call('ZREM', KEYS[1], ARGV[1])}");

    private final RedisConnection redis;
    private final NodeEpoch epoch;
    private final SessionId session;
    private final ScheduledExecutorService thread;
    private final Membership membership;
    private final Runnable lost;
    private final Set<Long> known = new HashSet<>();
    private @Nullable SessionRegistry sessions;

    /**
     * Makes a node that is no member yet.
     *
     * @param redis which all nodes share
     * @param epoch of the node
     * @param time the clocks
     * @param thread of the cluster
     * @param session the only one that there is
     * @param lost called when this node has lost its lease
     */
    public VirtualMembership(
            RedisConnection redis,
            NodeEpoch epoch,
            TimeSource time,
            ScheduledExecutorService thread,
            SessionId session,
            Runnable lost) {
        this.redis = redis;
        this.lost = lost;
        this.epoch = epoch;
        this.session = session;
        this.thread = thread;
        this.membership = new Membership(redis, epoch, time, TIMES, thread, VirtualMembership::info, this);
    }

    private static NodeInfo info() {
        return new NodeInfo("node", null, "", false, false, Map.of());
    }

    /**
     * Becomes a member.
     *
     * @param registry of the node
     */
    public void join(SessionRegistry registry) {
        sessions = registry;
        redis.addListener(new Failovers(redis.runId(), () -> thread.execute(this::checkOwn)));
        var unused = thread.scheduleWithFixedDelay(membership::renew, 0, TIMES.renewalMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return whether this node should get clients} */
    public boolean isReady() {
        return redis.isUp() && membership.isHeld();
    }

    @Override
    public @Nullable List<String> addresses() {
        return null;
    }

    @Override
    public long writableMillis() {
        return redis.isUp() ? TimeUnit.NANOSECONDS.toMillis(membership.unbroken()) : 0;
    }

    @Override
    public void leaseLost() {
        lost.run();
        if (sessions != null) {
            sessions.abandonAll();
        }
    }

    @Override
    public void nodesChanged(Map<Long, NodeInfo> nodes) {
        // clients know all nodes
    }

    @Override
    public void dead(Set<Long> epochs) {
        known.retainAll(epochs);
        for (long each : epochs) {
            if (known.add(each)) {
                ownerDied(each);
            } else {
                sweep(each).exceptionally(failure -> null); // the next renewal reports it again
            }
        }
    }

    /** Again until Redis answers, as {@link DeadNodes#checkOwn} does it. */
    private void checkOwn() {
        long own = epoch.current();
        sweep(own).whenComplete((done, failure) -> {
            if (failure != null) {
                var unused = thread.schedule(this::checkOwn, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    /** As {@link DeadNodes} does it with many sessions. */
    private CompletionStage<?> sweep(long dead) {
        return redis.eval(
                        FORGET,
                        new String[] {SessionIndexes.key(dead), "vs:{" + session.value() + "}:connections"},
                        RedisLink.bytes(session.value()),
                        RedisLink.bytes(dead))
                .thenCompose(owned -> {
                    if ((Long) owned.get(0) == 1) {
                        ownerDied(dead);
                        return CompletableFuture.completedFuture(List.of());
                    }
                    return redis.eval(FINISH, new String[] {"vs:dead"}, RedisLink.bytes(dead));
                });
    }

    private void ownerDied(long dead) {
        if (sessions != null) {
            sessions.find(session).ifPresent(live -> live.ownerDied(dead));
        }
    }
}
