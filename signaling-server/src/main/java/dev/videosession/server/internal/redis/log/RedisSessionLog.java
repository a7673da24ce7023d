package dev.videosession.server.internal.redis.log;

import com.squareup.moshi.JsonDataException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.EncodedMessages;
import dev.videosession.server.internal.log.EventHistory;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionRecords;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.log.StoredRecords;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server's view of a log in Redis. Belongs to the session's loop, but for {@link #receive} and {@link #heldBytes}. */
final class RedisSessionLog implements SessionLog {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSessionLog.class);
    /** What does not fit is read from the log. */
    private static final int MAX_EARLY = 1024;

    private final RedisSessionLogs owner;
    private final SessionKeys keys;
    private final RedisConnection redis;
    private final EventJson json;
    private final long epoch;
    private final Executor loop;
    private final Listener listener;
    private final EventHistory history;
    private final EncodedMessages encoded = new EncodedMessages();
    private final StoredRecords records = new StoredRecords();
    private final SnapshotWriter snapshots;
    private final RecordFetcher fetcher;
    private final MessageExchange messages;
    private final Deque<StoredEntry> early = new ArrayDeque<>(0);
    private final Deque<Runnable> readers = new ArrayDeque<>(0);
    private Position position = Position.START;
    private Phase phase = Phase.OPENING;
    private @Nullable Append step;
    private @Nullable Append failedStep;
    private long stepId;
    private Position ifDone = Position.START;
    private boolean reading;

    /** What may happen next. */
    private enum Phase {
        /** The log is read for the first time. */
        OPENING,
        /** An append may begin. */
        READY,
        /** An append is under way. */
        APPENDING,
        /** An append has failed, and the log is read again. */
        RECOVERING,
        /** The listener is not called any more. */
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
        this.history = owner.newHistory();
        this.snapshots = new SnapshotWriter(redis, keys, json, loop, owner.keptEvents());
        this.fetcher = new RecordFetcher(redis, keys, json, loop, records);
        this.messages = new MessageExchange(this, redis, json, epoch, owner.nextStep(), loop, listener, fetcher);
    }

    SessionKeys keys() {
        return keys;
    }

    void open() {
        read("-", this::opened);
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
        try {
            opened(reply.list(1), reply.list(2));
        } catch (JsonDataException e) {
            diverge("cannot be read: " + e.getMessage());
        }
    }

    private void opened(List<Object> snapshot, List<Object> stored) {
        SessionImage image = StoredImage.read(json, snapshot, entries(stored), history);
        position = image.position();
        snapshots.startAt(image.snapshotSequence());
        phase = Phase.READY;
        listener.opened(image);
        deliverEarly();
        if (!readers.isEmpty() && !reading) {
            readAgain();
        }
    }

    private List<StoredEntry> entries(List<Object> stored) {
        List<StoredEntry> entries = new ArrayList<>(stored.size());
        for (Object item : stored) {
            List<?> fields = (List<?>) ((List<?>) item).get(1);
            entries.add(StoredEntry.read(json, (byte[]) fields.get(3)));
        }
        return entries;
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
    public void append(Append appended) {
        if (phase != Phase.READY) {
            throw new IllegalStateException("the log is " + phase);
        }
        step = appended;
        phase = Phase.APPENDING;
        if (!appended.expected().equals(position)) {
            loop.execute(() -> ended(listener::conflict));
            return;
        }
        stepId = owner.nextStep();
        encoded.clear();
        AppendArguments.Made made = AppendArguments.of(
                json, keys, epoch, owner.isLeased(), stepId, owner.endLifeMillis(), appended, encoded);
        ifDone = made.last();
        long started = owner.nanos();
        redis.eval(
                        LogScripts.APPEND,
                        new String[] {keys.log(), keys.connections(), keys.nodes()},
                        made.arguments().toArray(byte[][]::new))
                .whenComplete((result, failure) -> loop.execute(() -> {
                    if (phase == Phase.APPENDING) {
                        owner.appended(started);
                        outcome(new RedisReply(result, failure));
                    }
                }));
    }

    private void outcome(RedisReply reply) {
        Throwable failure = reply.failure();
        if (failure != null) {
            fail(failure);
            return;
        }
        switch (reply.text(0)) {
            case "done" -> done();
            case "conflict" -> conflict(reply.list(1));
            case "fenced" -> fenced((int) reply.number(1), reply.text(2));
            case "replied" -> {
                records.onReply(new SideRecord.Reply(
                        new ConnectionId(reply.text(1)), Long.parseLong(reply.text(2)), json.readReply((byte[])
                                reply.at(3))));
                ended(listener::conflict);
            }
            case "late" -> {
                put(new ConnectionId(reply.text(1)), reply.text(2));
                ended(listener::conflict);
            }
            case "expelled" ->
                fail(new IllegalStateException(
                        "this server has no lease: others have declared it dead, or Redis has lost it"));
            default -> fail(new IllegalStateException("the script answered " + reply.text(0)));
        }
    }

    private void done() {
        Append written = step;
        if (written != null) {
            position = ifDone;
            written.entries().forEach(history::add);
            records.follow(written);
        }
        Position last = position;
        ended(() -> listener.done(last));
    }

    private void conflict(List<Object> later) {
        owner.conflicted();
        Append refused = step;
        try {
            if (!follow(entries(later))) {
                return;
            }
            if (refused != null && refused.expected().equals(position)) {
                diverge("lost entries");
                return;
            }
        } catch (JsonDataException e) {
            diverge("cannot be read: " + e.getMessage());
            return;
        }
        ended(listener::conflict);
    }

    private void fenced(int index, String record) {
        Append refused = step;
        if (refused != null) {
            Guard guard = refused.guards().get(index);
            put(guard.connectionId(), record);
            ended(() -> listener.fenced(guard));
        }
    }

    private void put(ConnectionId id, String record) {
        records.put(id, record.isEmpty() ? null : RecordText.connection(id, record));
    }

    /** Ends the append. What arrived meanwhile follows the outcome. */
    private void ended(Runnable report) {
        if (phase == Phase.CLOSED) {
            return;
        }
        step = null;
        phase = Phase.READY;
        report.run();
        if (phase != Phase.APPENDING) {
            encoded.clear();
        }
        deliverEarly();
    }

    private void fail(Throwable cause) {
        Append unknown = step;
        if (unknown != null) {
            failedStep = unknown.copy();
        }
        step = null;
        encoded.clear();
        phase = Phase.RECOVERING;
        listener.failed(cause);
        owner.retry(() -> loop.execute(this::recover));
    }

    private void recover() {
        if (phase == Phase.RECOVERING) {
            read(position.sequence() + "-0", this::recovered);
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
        Append unknown = failedStep;
        failedStep = null;
        try {
            List<StoredEntry> later = entries(reply.list(2));
            boolean written = reply.text(0).equals(Long.toString(stepId))
                    || later.stream().anyMatch(entry -> entry.entry().position().equals(ifDone));
            if (written && unknown != null) {
                records.follow(unknown);
            }
            if (!isContinued(position, reply) || !follow(later)) {
                return;
            }
        } catch (JsonDataException e) {
            diverge("cannot be read: " + e.getMessage());
            return;
        }
        phase = Phase.READY;
        listener.recovered();
        deliverEarly();
    }

    /** Checks that the log still contains a position that was its last one. */
    private boolean isContinued(Position known, RedisReply reply) {
        long sequence = 0;
        long nonce = 0;
        if (!reply.list(3).isEmpty()) {
            String id = reply.textIn(3, 0);
            sequence = Long.parseLong(id.substring(0, id.indexOf('-')));
            nonce = Long.parseLong(reply.textIn(3, 1));
        }
        if (sequence < known.sequence() || (sequence == known.sequence() && nonce != known.nonce())) {
            diverge("lost entries");
            return false;
        }
        return true;
    }

    private void diverge(String why) {
        if (phase != Phase.CLOSED) {
            LOG.warn("event=logDiverged key={} sequence={} cause=\"{}\"", keys.log(), position.sequence(), why);
            owner.diverged();
            close();
            listener.diverged();
        }
    }

    /** Takes entries that another server has sent. May be called on any thread. */
    void receive(List<StoredEntry> entries) {
        loop.execute(() -> {
            if (phase == Phase.CLOSED) {
                return;
            }
            if (early.size() < MAX_EARLY) {
                early.addAll(entries);
            }
            if (phase == Phase.READY) {
                deliverEarly();
            }
        });
    }

    /** Reads the log again, because notices may have been lost. May be called on any thread. */
    void catchUp() {
        loop.execute(() -> sync(() -> {
            if (phase != Phase.CLOSED) {
                listener.missedMessages();
            }
        }));
    }

    private void deliverEarly() {
        while (phase == Phase.READY && !early.isEmpty()) {
            StoredEntry next = early.element();
            if (next.entry().position().sequence() <= position.sequence()) {
                early.remove();
            } else if (next.follows(position)) {
                early.remove();
                pass(next);
            } else {
                early.clear();
                sync(() -> {});
            }
        }
    }

    private void pass(StoredEntry next) {
        position = next.entry().position();
        history.add(next.entry().events());
        records.follow(next.entry().events());
        listener.foreign(next.entry());
    }

    /** Returns false if these entries do not continue what is known. */
    private boolean follow(List<StoredEntry> later) {
        for (StoredEntry entry : later) {
            if (entry.entry().position().sequence() <= position.sequence()) {
                continue;
            }
            if (!entry.follows(position)) {
                diverge("has other entries");
                return false;
            }
            pass(entry);
            if (phase == Phase.CLOSED) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void sync(Runnable then) {
        if (phase == Phase.CLOSED) {
            then.run();
            return;
        }
        readers.add(then);
        if (!reading && phase != Phase.OPENING) {
            readAgain();
        }
    }

    private void readAgain() {
        reading = true;
        List<Runnable> served = List.copyOf(readers);
        readers.clear();
        Position known = position;
        read(known.sequence() + "-0", reply -> {
            reading = false;
            if (reply.failure() == null && (phase == Phase.READY || phase == Phase.APPENDING)) {
                caughtUp(known, reply);
            }
            served.forEach(Runnable::run);
            if (!readers.isEmpty() && phase != Phase.CLOSED) {
                readAgain();
            }
        });
    }

    /** An append that is under way was sent after the question: what was read does not contain it. */
    private void caughtUp(Position known, RedisReply reply) {
        try {
            if (isContinued(known, reply) && follow(entries(reply.list(2)))) {
                deliverEarly();
            }
        } catch (JsonDataException e) {
            diverge("cannot be read: " + e.getMessage());
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
        return snapshots.isDue(position);
    }

    @Override
    public void storeSnapshot(LoggedState state) {
        snapshots.store(position, state);
    }

    @Override
    public @Nullable String origin() {
        return redis.runId();
    }

    @Override
    public Optional<List<LoggedEvent>> read(long after) {
        return history.read(after);
    }

    @Override
    public SessionRecords records() {
        return records;
    }

    @Override
    public EncodedMessages encoded() {
        return encoded;
    }

    @Override
    public long heldBytes() {
        return history.heldBytes();
    }

    @Override
    public void shorten() {
        history.shorten();
    }

    @Override
    public void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            owner.closed(this, epoch);
            List<Runnable> unserved = List.copyOf(readers);
            readers.clear();
            unserved.forEach(Runnable::run);
        }
    }
}
