package dev.videosession.server.internal.cluster;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisFailure;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisScript;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps this node's lease in the cluster, and observes the leases of other nodes. Leases use the clock of Redis. If a node has not renewed
 * its lease for {@link LeaseTimes#leaseMillis}, or for half of that time while its channel is closed, another node may declare it dead.
 * Redis records which nodes were declared dead: a node that has lost its lease drops all sessions and takes a new epoch. Runs on the thread
 * of the cluster; reading methods may be called on any thread.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    /** Longer than the clean-up after a node takes. */
    private static final long JUDGEMENT_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final String[] KEYS = {"vs:nodes", "vs:node-info", "vs:dead"};
    private static final RedisScript RENEW = RedisScript.read(Membership.class, "renew.lua");
    private static final RedisScript LEAVE = RedisScript.read(Membership.class, "leave.lua");

    /** Called on the thread of the cluster. */
    interface Listener {
        /**
         * Another node has declared this one dead, or Redis has lost its data. The node has a new epoch, which is not valid before this
         * returns.
         */
        void leaseLost();

        /** Nodes have joined or left, or their information has changed. */
        void nodesChanged(Map<Long, NodeInfo> nodes);

        /** A node is dead. Called again for each renewal, as long as its connections may have to be cleaned up. */
        void dead(Set<Long> epochs);
    }

    private final RedisConnection redis;
    private final NodeEpoch epoch;
    private final TimeSource time;
    private final ScheduledExecutorService thread;
    private final Supplier<NodeInfo> own;
    private final Listener listener;
    private final LeaseTimes times;
    private final LeaseClock clock;
    private Map<Long, NodeInfo> nodes = Map.of();
    private volatile @Nullable String refusal;
    private long nameSharedAt;
    private boolean nameShared;
    private boolean joining = true;
    private boolean asking;
    private boolean stopped;

    Membership(
            RedisConnection redis,
            NodeEpoch epoch,
            TimeSource time,
            LeaseTimes times,
            ScheduledExecutorService thread,
            Supplier<NodeInfo> own,
            Listener listener) {
        this.redis = redis;
        this.epoch = epoch;
        this.time = time;
        this.times = times;
        this.clock = new LeaseClock(times);
        this.thread = thread;
        this.own = own;
        this.listener = listener;
        this.nameSharedAt = time.nanos();
    }

    /** Takes the lease, or renews it. Call it in the interval of the lease, and when the node's information has changed. */
    void renew() {
        if (asking || stopped) {
            return;
        }
        asking = true;
        long askedAt = time.nanos();
        redis.eval(
                        RENEW,
                        KEYS,
                        bytes(epoch.current()),
                        own.get().toJson(),
                        bytes(times.leaseMillis()),
                        bytes(joining ? 1 : 0),
                        bytes(mayJudge(askedAt) ? 1 : 0),
                        bytes(JUDGEMENT_MILLIS),
                        RedisLink.bytes(NodeEpoch.CHANNELS))
                .whenComplete((reply, failure) -> thread.execute(() -> {
                    asking = false;
                    if (failure != null) {
                        failed(failure);
                    } else {
                        answered(askedAt, reply);
                    }
                }));
    }

    private synchronized boolean mayJudge(long now) {
        return clock.mayJudge(now);
    }

    private void failed(Throwable failure) {
        synchronized (this) {
            clock.failed(time.nanos());
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = RedisFailure.reason(cause);
        boolean refused = cause instanceof RedisCommandExecutionException;
        LOG.atLevel(!refused || message.equals(refusal) ? Level.DEBUG : Level.WARN)
                .log("event=leaseNotRenewed cause=\"{}\"", message);
        refusal = refused ? message : null;
    }

    /** {@return what Redis answered when it did not renew the lease, or null} */
    @Nullable
    String refusal() {
        return refusal;
    }

    private void answered(long askedAt, List<Object> reply) {
        if (stopped) {
            return;
        }
        long gap = (Long) reply.get(0);
        if (gap < 0) {
            lost();
            return;
        }
        synchronized (this) {
            clock.renewed(askedAt, gap);
        }
        refusal = null;
        joining = false;
        Map<Long, NodeInfo> infos = infos((List<?>) reply.get(1));
        watchName(infos);
        follow(infos);
        Set<Long> dead = epochs((List<?>) reply.get(2));
        if (!dead.isEmpty()) {
            listener.dead(dead);
        }
    }

    /** Warns if another node uses the same name. The lease of an earlier process of this node lasts for a while and causes no warning. */
    private void watchName(Map<Long, NodeInfo> now) {
        String name = own.get().id();
        boolean shared = now.entrySet().stream()
                .anyMatch(node ->
                        node.getKey() != epoch.current() && node.getValue().id().equals(name));
        long nanos = time.nanos();
        if (!shared) {
            nameSharedAt = nanos;
            nameShared = false;
        } else if (!nameShared && nanos - nameSharedAt > 2 * times.leaseNanos()) {
            nameShared = true;
            LOG.warn("event=nodeIdShared node={} advice=\"give each node a --node-id of its own\"", name);
        }
    }

    private void lost() {
        LOG.warn(
                "event=leaseLost epoch={} consequence=\"clients resume; nothing of this epoch is served\"",
                epoch.current());
        synchronized (this) {
            clock.lost();
        }
        // sessions that are opened from now on belong to the new epoch, and those of the old one are dropped before it
        // is valid
        epoch.renew();
        listener.leaseLost();
        joining = true;
        renew();
    }

    private void follow(Map<Long, NodeInfo> now) {
        if (now.equals(nodes)) {
            return;
        }
        for (Map.Entry<Long, NodeInfo> node : now.entrySet()) {
            if (!nodes.containsKey(node.getKey())) {
                LOG.info("event=nodeUp node={} epoch={}", node.getValue().id(), node.getKey());
            }
        }
        for (Map.Entry<Long, NodeInfo> node : nodes.entrySet()) {
            if (!now.containsKey(node.getKey())) {
                LOG.warn("event=nodeDown node={} epoch={}", node.getValue().id(), node.getKey());
            }
        }
        nodes = now;
        listener.nodesChanged(now);
    }

    private static Map<Long, NodeInfo> infos(List<?> flat) {
        Map<Long, NodeInfo> infos = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            long node = number(flat.get(i));
            try {
                infos.put(node, NodeInfo.parse((byte[]) flat.get(i + 1)));
            } catch (IOException e) {
                LOG.warn("event=nodeInfoIgnored epoch={} cause=\"{}\"", node, e.getMessage());
            }
        }
        return Map.copyOf(infos);
    }

    private static Set<Long> epochs(List<?> numbers) {
        Set<Long> epochs = new HashSet<>();
        numbers.forEach(each -> epochs.add(number(each)));
        return epochs;
    }

    private static long number(Object text) {
        return Long.parseLong(new String((byte[]) text, StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return whether the lease was renewed within its time} */
    synchronized boolean isHeld() {
        return clock.isHeld(time.nanos());
    }

    /** {@return for how long the lease was renewed without interruption, in nanoseconds} */
    synchronized long unbroken() {
        return clock.unbroken(time.nanos());
    }

    /** {@return for how long the lease was not renewed, in nanoseconds} */
    synchronized long leaseAge() {
        return clock.age(time.nanos());
    }

    /** Ends the lease, so that other nodes clean up what this one still owns. Completes when Redis has answered or cannot be reached. */
    CompletionStage<?> leave() {
        stopped = true;
        return redis.eval(LEAVE, KEYS, bytes(epoch.current())).exceptionally(failure -> List.of());
    }
}
