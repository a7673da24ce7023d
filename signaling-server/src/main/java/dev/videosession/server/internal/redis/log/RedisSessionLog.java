package dev.videosession.server.internal.redis.log;

import com.squareup.moshi.JsonDataException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.EncodedMessages;
import dev.videosession.server.internal.log.LogUnavailableException;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionRecords;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisFailure;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.OpenedLog;
import dev.videosession.server.internal.redis.schema.RedisReply;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import dev.videosession.server.internal.redis.schema.StoredEntry;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server's view of a log in Redis. Belongs to the session's loop, except for {@link #receive} and {@link #heldBytes}. */
final class RedisSessionLog implements SessionLog, CatchUps.Log {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSessionLog.class);

    private final RedisSessionLogs owner;
    private final SessionKeys keys;
    private final RedisConnection redis;
    private final EventJson json;
    private final long epoch;
    private final Executor loop;
    private final Listener listener;
    private final EncodedMessages encoded = new EncodedMessages();
    private final LogCopy copy;
    private final LogReads reads;
    private final StepWriter writer;
    private final SnapshotWriter snapshots;
    private final RecordFetcher fetcher;
    private final MessageExchange messages;
    private Phase phase = Phase.OPENING;

    /** The state of the log, which decides what may happen next. */
    private enum Phase {
        /** The log is read for the first time. */
        OPENING,
        /** An append may begin. */
        READY,
        /** An append is in progress. */
        APPENDING,
        /** An append has failed, and the log is read again. */
        RECOVERING,
        /** The listener is no longer called. */
        CLOSED
    }

    RedisSessionLog(RedisSessionLogs owner, SessionKeys keys, long epoch, Executor loop, Listener listener) {
        this.owner = owner;
        this.keys = keys;
        this.redis = owner.redis();
        this.json = owner.json();
        this.epoch = epoch;
        this.loop = loop;
        this.listener = listener;
        this.copy = new LogCopy(listener, owner.newHistory());
        this.reads = new LogReads(redis, keys, epoch, loop);
        this.writer = new StepWriter(owner, keys, epoch, loop, copy, encoded, listener, new Outcome());
        this.snapshots = new SnapshotWriter(redis, keys, json, loop, owner.keptEvents());
        this.fetcher = new RecordFetcher(redis, keys, json, loop, copy.records());
        this.messages =
                new MessageExchange(keys, redis, json, epoch, owner.nextStep(), loop, listener, fetcher, this::isOpen);
    }

    SessionKeys keys() {
        return keys;
    }

    void open() {
        reads.readAll(this::opened);
    }

    private void opened(RedisReply reply) {
        if (phase != Phase.OPENING) {
            return;
        }
        if (reply.failure() != null) {
            owner.retry(() -> loop.execute(() -> {
                if (phase == Phase.OPENING) {
                    open();
                }
            }));
            return;
        }
        read(() -> opened(OpenedLog.read(json, reply)));
    }

    private void opened(OpenedLog log) {
        SessionImage image = copy.begin(json, log);
        snapshots.startAt(image.snapshotSequence());
        phase = Phase.READY;
        listener.opened(image);
        followEarly();
        readForCallers();
    }

    /** Adds what was read from the log to the copy. Returns false if the log is no longer open, or does not continue the copy. */
    private boolean read(Runnable content) {
        try {
            content.run();
        } catch (DivergedException e) {
            diverge(e.getMessage());
        } catch (JsonDataException e) {
            diverge("cannot be read: " + e.getMessage());
        }
        return isOpen();
    }

    private void diverge(@Nullable String why) {
        if (isOpen()) {
            LOG.warn(
                    "event=logDiverged key={} sequence={} cause=\"{}\"",
                    keys.log(),
                    copy.position().sequence(),
                    why);
            owner.diverged();
            close();
            listener.diverged();
        }
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isOpening() {
        return phase == Phase.OPENING;
    }

    @Override
    public void append(Append step) {
        if (phase != Phase.READY) {
            throw new IllegalStateException("the log is " + phase);
        }
        phase = Phase.APPENDING;
        if (!step.expected().equals(copy.position())) {
            loop.execute(() -> ended(listener::conflict));
            return;
        }
        writer.send(step);
    }

    /** Ends the append. Entries that arrived meanwhile are reported after the outcome. */
    private void ended(Runnable report) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.READY;
        report.run();
        if (phase != Phase.APPENDING) {
            encoded.clear();
        }
        followEarly();
    }

    /** Receives the outcome of the step in progress. */
    private final class Outcome implements StepWriter.Host {
        @Override
        public boolean isAppending() {
            return phase == Phase.APPENDING;
        }

        @Override
        public boolean read(Runnable content) {
            return RedisSessionLog.this.read(content);
        }

        @Override
        public void ended(Runnable report) {
            RedisSessionLog.this.ended(report);
        }

        @Override
        public void conflict(Append refused, RedisReply reply) {
            boolean isRead = read(() -> {
                copy.follow(reply.entries(json, 1), RedisSessionLog.this::isOpen);
                if (refused.expected().equals(copy.position())) {
                    throw new DivergedException("lost entries");
                }
            });
            if (isRead) {
                ended(listener::conflict);
            }
        }

        @Override
        public void failed(Throwable cause) {
            phase = Phase.RECOVERING;
            listener.failed(
                    RedisFailure.isOutage(cause)
                            ? new LogUnavailableException(RedisFailure.reason(cause), cause)
                            : cause);
            owner.retry(() -> loop.execute(RedisSessionLog.this::recover));
        }
    }

    private void recover() {
        if (phase == Phase.RECOVERING) {
            reads.readAfter(copy.position(), this::recovered);
        }
    }

    private void recovered(RedisReply reply) {
        if (phase != Phase.RECOVERING) {
            return;
        }
        if (reply.failure() != null) {
            owner.retry(() -> loop.execute(this::recover));
            return;
        }
        boolean isRead = read(() -> {
            OpenedLog log = OpenedLog.read(json, reply);
            writer.settle(log);
            LogCopy.requireContained(copy.position(), log.last());
            copy.follow(log.entries(), this::isOpen);
        });
        if (isRead) {
            phase = Phase.READY;
            listener.recovered();
            followEarly();
        }
    }

    /** Takes entries that another server has sent. May be called on any thread. */
    void receive(List<StoredEntry> entries) {
        loop.execute(() -> {
            if (isOpen()) {
                copy.keepEarly(entries);
                followEarly();
            }
        });
    }

    private void followEarly() {
        if (!copy.followEarly(() -> phase == Phase.READY)) {
            sync(() -> {});
        }
    }

    /** Reads the log again, because notices may have been lost. May be called on any thread. */
    @Override
    public void catchUp(Runnable then) {
        loop.execute(() -> sync(() -> {
            if (isOpen()) {
                listener.missedMessages(then);
            } else {
                then.run();
            }
        }));
    }

    @Override
    public void sync(Runnable then) {
        if (isOpen()) {
            reads.await(then);
            readForCallers();
        } else {
            then.run();
        }
    }

    private void readForCallers() {
        if (reads.isDue() && phase != Phase.OPENING && isOpen()) {
            Position known = copy.position();
            reads.serve(known, reply -> caughtUp(known, reply), this::readForCallers);
        }
    }

    /** Handles the result of a read. An append in progress was sent after the read, so the result does not contain it. */
    private void caughtUp(Position known, RedisReply reply) {
        if (reply.failure() == null && (phase == Phase.READY || phase == Phase.APPENDING)) {
            boolean isRead = read(() -> {
                OpenedLog log = OpenedLog.read(json, reply);
                LogCopy.requireContained(known, log.last());
                copy.follow(log.entries(), this::isOpen);
            });
            if (isRead) {
                followEarly();
            }
        }
    }

    @Override
    public void fetch(ConnectionId connection, Collection<StreamId> streams, Consumer<Boolean> then) {
        fetcher.fetch(connection, streams, then);
    }

    @Override
    public void owners(Consumer<@Nullable Map<ConnectionId, Long>> then) {
        fetcher.owners(then);
    }

    @Override
    public void send(ConnectionId to, ServerMessage message) {
        messages.send(to, message);
    }

    @Override
    public void takeMail(ConnectionId connection) {
        messages.take(connection);
    }

    /** {@return the messages of this session} May be called on any thread. */
    MessageExchange messages() {
        return messages;
    }

    /** {@return whether the listener is still called} */
    boolean isOpen() {
        return phase != Phase.CLOSED;
    }

    @Override
    public boolean isSnapshotDue() {
        return snapshots.isDue(copy.position());
    }

    @Override
    public void storeSnapshot(LoggedState state) {
        snapshots.store(copy.position(), state);
    }

    @Override
    public @Nullable String origin() {
        return redis.runId();
    }

    @Override
    public Optional<List<LoggedEvent>> read(long after) {
        return copy.history().read(after);
    }

    @Override
    public SessionRecords records() {
        return copy.records();
    }

    @Override
    public EncodedMessages encoded() {
        return encoded;
    }

    @Override
    public long heldBytes() {
        return copy.history().heldBytes();
    }

    @Override
    public void shorten() {
        copy.history().shorten();
    }

    @Override
    public void close() {
        if (isOpen()) {
            phase = Phase.CLOSED;
            owner.closed(this, epoch);
            reads.close();
        }
    }
}
