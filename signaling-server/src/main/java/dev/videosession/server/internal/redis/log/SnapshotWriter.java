package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the state of a session now and then, and trims its log: entries that the snapshot contains stay only as long as clients
 * may need them to catch up. Belongs to the session's loop.
 */
final class SnapshotWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final int MOST_EVENTS = 256;

    private final RedisConnection redis;
    private final SessionKeys keys;
    private final EventJson json;
    private final Executor loop;
    private final int keptEvents;
    private long stored;
    private long tried;

    SnapshotWriter(RedisConnection redis, SessionKeys keys, EventJson json, Executor loop, int keptEvents) {
        this.redis = redis;
        this.keys = keys;
        this.json = json;
        this.loop = loop;
        this.keptEvents = keptEvents;
    }

    /** Sets the number of the last event that the stored snapshot contains. */
    void startAt(long sequence) {
        stored = sequence;
    }

    boolean isDue(Position position) {
        return position.sequence() - Math.max(stored, tried) >= Math.min(MOST_EVENTS, keptEvents);
    }

    /** Stores a snapshot unless a newer one is there. One that fails is tried again after as many events. */
    void store(Position position, List<LoggedEvent> snapshot) {
        long sequence = position.sequence();
        tried = sequence;
        redis.eval(
                        LogScripts.SNAPSHOT,
                        new String[] {keys.log(), keys.snapshot()},
                        RedisLink.bytes(sequence),
                        RedisLink.bytes(position.nonce()),
                        Snapshot.write(json, snapshot),
                        RedisLink.bytes(Math.max(0, sequence - keptEvents)))
                .whenComplete((result, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        stored = sequence;
                    } else {
                        LOG.warn("event=snapshotNotStored key={} cause=\"{}\"", keys.log(), failure.getMessage());
                    }
                }));
    }
}
