package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.schema.AppendArguments;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.RedisReply;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Reads one log in Redis. Callers that wait for what other servers have appended share a read: each is served by one that began after
 * its call. Belongs to the session's loop.
 */
final class LogReads {
    private final RedisConnection redis;
    private final SessionKeys keys;
    private final long epoch;
    private final Executor loop;
    private final List<Runnable> waiting = new ArrayList<>(0);
    private boolean reading;

    LogReads(RedisConnection redis, SessionKeys keys, long epoch, Executor loop) {
        this.redis = redis;
        this.keys = keys;
        this.epoch = epoch;
        this.loop = loop;
    }

    /** Reads everything, the snapshot included. */
    void readAll(Consumer<RedisReply> then) {
        read("-", then);
    }

    /** Reads the entries after a position. */
    void readAfter(Position position, Consumer<RedisReply> then) {
        read(position.sequence() + "-0", then);
    }

    private void read(String after, Consumer<RedisReply> then) {
        redis.eval(
                        LogScripts.OPEN,
                        new String[] {keys.log(), keys.nodes(), keys.snapshot()},
                        RedisLink.bytes(epoch),
                        RedisLink.bytes(after),
                        AppendArguments.EMPTY_LIFE_MILLIS)
                .whenComplete((result, failure) -> loop.execute(() -> then.accept(new RedisReply(result, failure))));
    }

    /** Adds a caller that waits for the next {@link #serve}. */
    void await(Runnable caller) {
        waiting.add(caller);
    }

    /** {@return whether a caller waits, and no read is under way that must end first} */
    boolean isDue() {
        return !reading && !waiting.isEmpty();
    }

    /**
     * Reads the entries after a position for the callers that wait now.
     *
     * @param then gets what was read, before the callers are served
     * @param served called after that: more may wait
     */
    void serve(Position position, Consumer<RedisReply> then, Runnable served) {
        reading = true;
        List<Runnable> callers = takeWaiting();
        readAfter(position, reply -> {
            reading = false;
            then.accept(reply);
            callers.forEach(Runnable::run);
            served.run();
        });
    }

    /** Serves the callers that wait, without a read. */
    void close() {
        takeWaiting().forEach(Runnable::run);
    }

    private List<Runnable> takeWaiting() {
        List<Runnable> callers = List.copyOf(waiting);
        waiting.clear();
        return callers;
    }
}
