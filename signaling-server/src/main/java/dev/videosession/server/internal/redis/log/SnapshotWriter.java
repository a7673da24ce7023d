package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import dev.videosession.server.internal.redis.schema.Snapshot;
import dev.videosession.server.internal.state.LoggedState;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a snapshot of a session's state after at most {@value #MOST_EVENTS} events, and trims its log: entries that the snapshot contains
 * are kept only as long as clients may need them to catch up. If only signals were logged since the last snapshot, its data is not written
 * again. Belongs to the session's loop.
 */
final class SnapshotWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final int MOST_EVENTS = 256;
    private static final byte[] AS_STORED = {};

    private final RedisConnection redis;
    private final SessionKeys keys;
    private final EventJson json;
    private final Executor loop;
    private final int keptEvents;
    private long stored;
    private long tried;
    /** The position of the snapshot in Redis, if this server has stored it. */
    private @Nullable Position written;

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

    /** Stores a snapshot unless Redis has a newer one. After a failure, the next attempt follows after the same number of events. */
    void store(Position position, LoggedState state) {
        long sequence = position.sequence();
        tried = sequence;
        Position before = written;
        boolean isChanged = before == null || state.changedAt() > before.sequence();
        Position replaced = before == null ? Position.START : before;
        redis.eval(
                        LogScripts.SNAPSHOT,
                        new String[] {keys.log(), keys.snapshot()},
                        RedisLink.bytes(sequence),
                        RedisLink.bytes(position.nonce()),
                        isChanged ? Snapshot.write(json, state.toEvents()) : AS_STORED,
                        RedisLink.bytes(Math.max(0, sequence - keptEvents)),
                        RedisLink.bytes(replaced.sequence()),
                        RedisLink.bytes(replaced.nonce()))
                .whenComplete((result, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        boolean isStored = (Long) result.get(0) == 1;
                        written = isStored ? position : null;
                        if (isStored || isChanged) {
                            stored = sequence;
                        } else {
                            tried = stored; // another server has replaced the snapshot: write this state as a whole
                        }
                    } else {
                        written = null;
                        LOG.warn("event=snapshotNotStored key={} cause=\"{}\"", keys.log(), failure.getMessage());
                    }
                }));
    }
}
