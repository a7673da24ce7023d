package dev.videosession.server.internal.redis.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.EncodedMessages;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.LogUnavailableException;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.log.StoredRecords;
import dev.videosession.server.internal.redis.schema.AppendArguments;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.OpenedLog;
import dev.videosession.server.internal.redis.schema.RecordText;
import dev.videosession.server.internal.redis.schema.RedisReply;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Writes steps to one log in Redis, one at a time, and adds what was written to this server's copy. Belongs to the session's loop.
 */
final class StepWriter {
    private final RedisSessionLogs owner;
    private final SessionKeys keys;
    private final EventJson json;
    private final long epoch;
    private final Executor loop;
    private final LogCopy copy;
    private final StoredRecords records;
    private final EncodedMessages encoded;
    private final SessionLog.Listener listener;
    private final Host host;
    private @Nullable Sent unknown;

    /** The log to which steps are written. */
    interface Host {
        /** {@return whether the outcome is still awaited} */
        boolean isAppending();

        /**
         * Adds the answer of Redis to the copy. If this release cannot read the answer, the log is closed.
         *
         * @return whether the log is still open
         */
        boolean read(Runnable content);

        /** Called when the step has an outcome. The report passes it to the session. */
        void ended(Runnable report);

        /** Called when another server has appended first. The reply has its entries. */
        void conflict(Append refused, RedisReply reply);

        /** Called when it is not known whether the step was written. */
        void failed(Throwable cause);
    }

    /**
     * A step that was sent.
     *
     * @param step the step
     * @param id its number
     * @param last position of the log's last entry if the step is written
     */
    private record Sent(Append step, long id, Position last) {
        boolean isIn(OpenedLog log) {
            return log.lastStep().equals(Long.toString(id))
                    || log.entries().stream().anyMatch(entry -> entry.position().equals(last));
        }
    }

    StepWriter(
            RedisSessionLogs owner,
            SessionKeys keys,
            long epoch,
            Executor loop,
            LogCopy copy,
            EncodedMessages encoded,
            SessionLog.Listener listener,
            Host host) {
        this.owner = owner;
        this.keys = keys;
        this.json = owner.json();
        this.epoch = epoch;
        this.loop = loop;
        this.copy = copy;
        this.records = copy.records();
        this.encoded = encoded;
        this.listener = listener;
        this.host = host;
    }

    /** Sends a step. Until its outcome, {@code encoded} holds its messages in encoded form. */
    void send(Append step) {
        long id = owner.nextStep();
        encoded.clear();
        AppendArguments.Made made =
                AppendArguments.of(json, keys, epoch, owner.isLeased(), id, owner.endLifeMillis(), step, encoded);
        Sent sent = new Sent(step, id, made.last());
        long started = owner.nanos();
        owner.redis()
                .eval(
                        LogScripts.APPEND,
                        new String[] {keys.log(), keys.connections(), keys.nodes()},
                        made.arguments().toArray(byte[][]::new))
                .whenComplete((result, failure) -> loop.execute(() -> {
                    if (host.isAppending()) {
                        owner.appended(started);
                        outcome(sent, new RedisReply(result, failure));
                    }
                }));
    }

    private void outcome(Sent sent, RedisReply reply) {
        Throwable failure = reply.failure();
        if (failure != null) {
            fail(sent, failure);
            return;
        }
        switch (reply.text(0)) {
            case "done" -> {
                copy.addOwn(sent.step(), sent.last());
                host.ended(() -> listener.done(sent.last()));
            }
            case "conflict" -> {
                owner.conflicted();
                host.conflict(sent.step(), reply);
            }
            case "fenced" -> {
                Guard guard = sent.step().guards().get((int) reply.number(1));
                if (host.read(() -> put(guard.connectionId(), reply.text(2)))) {
                    host.ended(() -> listener.fenced(guard));
                }
            }
            case "replied" -> {
                if (host.read(() -> records.onReply(reply(reply)))) {
                    host.ended(listener::conflict);
                }
            }
            case "late" -> {
                if (host.read(() -> put(new ConnectionId(reply.text(1)), reply.text(2)))) {
                    host.ended(listener::conflict);
                }
            }
            case "expelled" ->
                fail(
                        sent,
                        new LogUnavailableException(
                                "this server has no lease: others have declared it dead, or Redis has lost it"));
            default -> fail(sent, new IllegalStateException("the script answered " + reply.text(0)));
        }
    }

    private SideRecord.Reply reply(RedisReply replied) {
        return new SideRecord.Reply(
                new ConnectionId(replied.text(1)), Long.parseLong(replied.text(2)), json.readReply((byte[])
                        replied.at(3)));
    }

    private void put(ConnectionId id, String record) {
        records.put(id, record.isEmpty() ? null : RecordText.connection(id, record));
    }

    private void fail(Sent sent, Throwable cause) {
        unknown = new Sent(sent.step().copy(), sent.id(), sent.last());
        encoded.clear();
        host.failed(cause);
    }

    /** Adds the records of the step that failed, if the log shows that it was written. */
    void settle(OpenedLog log) {
        Sent sent = unknown;
        unknown = null;
        if (sent != null && sent.isIn(log)) {
            records.follow(sent.step());
        }
    }
}
