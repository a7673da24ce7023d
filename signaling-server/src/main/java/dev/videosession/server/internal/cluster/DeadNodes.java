package dev.videosession.server.internal.cluster;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisScript;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.ValueScanCursor;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up after dead nodes. Each node marks the connections of the dead one in the sessions of which it has a copy. One node
 * at a time goes through the dead node's list of sessions, loads those of which no node has a copy, and removes a session
 * from the list only when the dead node owns no connection in it, so that the death of the cleaning node loses nothing.
 * Belongs to the thread of the cluster.
 */
final class DeadNodes {
    private static final Logger LOG = LoggerFactory.getLogger(DeadNodes.class);
    /** For this time other nodes leave the list to the node that goes through it. */
    private static final long TURN_MILLIS = 15_000;

    private static final long AGAIN_MILLIS = 3000;
    private static final long AT_ONCE = 100;
    private static final RedisScript FORGET = RedisScript.read(DeadNodes.class, "forget.lua");

    private final RedisLink redis;
    private final NodeEpoch epoch;
    private final NodeNames names;
    private final ClusterSessions sessions;
    private final ScheduledExecutorService thread;
    private final Set<Long> known = new HashSet<>();
    private final Set<Long> sweeping = new HashSet<>();

    DeadNodes(
            RedisLink redis,
            NodeEpoch epoch,
            NodeNames names,
            ClusterSessions sessions,
            ScheduledExecutorService thread) {
        this.redis = redis;
        this.epoch = epoch;
        this.names = names;
        this.sessions = sessions;
        this.thread = thread;
    }

    /** The epochs that are dead and may own connections. */
    void follow(Set<Long> dead) {
        known.retainAll(dead);
        for (long each : dead) {
            if (known.add(each)) {
                LOG.info("event=nodeDead node={} epoch={}", names.of(each), each);
                sessions.ownerDied(each);
            }
            if (sweeping.add(each)) {
                sweep(each);
            }
        }
    }

    private void sweep(long dead) {
        byte[] own = Long.toString(epoch.current()).getBytes(StandardCharsets.US_ASCII);
        redis.call(commands -> commands.set(
                        "vs:sweep:" + dead, own, SetArgs.Builder.nx().px(TURN_MILLIS)))
                .thenCompose(taken -> taken == null
                        ? CompletableFuture.completedFuture(null)
                        : sweepFrom(dead, ScanCursor.INITIAL).thenCompose(swept -> finish(dead)))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.info("event=cleanupDelayed epoch={} cause=\"{}\"", dead, failure.getMessage());
                    }
                    var unused = thread.schedule(() -> sweeping.remove(dead), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                });
    }

    /**
     * Looks for connections that this node owns by the records and does not hold, because Redis has lost their end. Their clients
     * have left, or will resume.
     */
    void checkOwn() {
        long own = epoch.current();
        sweepFrom(own, ScanCursor.INITIAL).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.info("event=checkDelayed epoch={} cause=\"{}\"", own, failure.getMessage());
                var unused = thread.schedule(this::checkOwn, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private static String list(long node) {
        return SessionIndexes.key(node);
    }

    private CompletionStage<Void> sweepFrom(long dead, ScanCursor cursor) {
        return redis.call(commands -> commands.sscan(list(dead), cursor, ScanArgs.Builder.limit(AT_ONCE)))
                .thenCompose(found -> clean(dead, found))
                .thenCompose(next -> next.isFinished()
                        ? CompletableFuture.completedFuture(null)
                        : redis.call(commands -> commands.pexpire("vs:sweep:" + dead, TURN_MILLIS))
                                .thenCompose(renewed -> sweepFrom(dead, next)));
    }

    private CompletionStage<ScanCursor> clean(long dead, ValueScanCursor<byte[]> found) {
        List<CompletableFuture<?>> all = found.getValues().stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .<CompletableFuture<?>>map(id -> clean(dead, id).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenApply(done -> found);
    }

    /** Takes a session from the list if the dead node owns nothing in it, or else marks what it owns as lost. */
    private CompletionStage<?> clean(long dead, String id) {
        String[] keys = {list(dead), "vs:{" + id + "}:connections"};
        return redis.eval(
                        FORGET,
                        keys,
                        id.getBytes(StandardCharsets.UTF_8),
                        Long.toString(dead).getBytes(StandardCharsets.US_ASCII))
                .thenAccept(owned -> {
                    if ((Long) owned.get(0) == 1) {
                        sessions.ownerDied(new SessionId(id), dead);
                    }
                });
    }

    private CompletionStage<?> finish(long dead) {
        return redis.call(commands -> commands.exists(list(dead))).thenCompose(exists -> {
            if (exists > 0) {
                return redis.call(commands -> commands.del("vs:sweep:" + dead));
            }
            LOG.info("event=nodeCleanedUp node={} epoch={}", names.of(dead), dead);
            return redis.call(
                    commands -> commands.zrem("vs:dead", Long.toString(dead).getBytes(StandardCharsets.US_ASCII)));
        });
    }
}
