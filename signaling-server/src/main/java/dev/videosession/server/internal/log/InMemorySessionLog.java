package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One server's view of a log in memory. An append has its outcome before it returns. */
final class InMemorySessionLog implements SessionLog {
    private final SharedLog shared;
    private final EventHistory history;
    private final long epoch;
    private final Executor loop;
    private final Listener listener;
    private final Consumer<InMemorySessionLog> closer;
    private final EncodedMessages encoded = new EncodedMessages();
    private final Queue<LogEntry> received = new ConcurrentLinkedQueue<>();
    private boolean closed;

    InMemorySessionLog(
            SharedLog shared,
            EventHistory history,
            long epoch,
            Executor loop,
            Listener listener,
            Consumer<InMemorySessionLog> closer) {
        this.shared = shared;
        this.history = history;
        this.epoch = epoch;
        this.loop = loop;
        this.listener = listener;
        this.closer = closer;
    }

    @Override
    public void append(Append step) {
        Guard failing = null;
        Position done = null;
        synchronized (shared) {
            if (shared.isLast(step.expected())) {
                failing = shared.failing(step);
                done = failing == null ? shared.append(this, step) : null;
            }
        }
        if (done != null) {
            List<List<LoggedEvent>> entries = step.entries();
            for (int i = 0; i < entries.size(); i++) {
                history.add(entries.get(i));
            }
            listener.done(done);
        } else if (failing != null) {
            listener.fenced(failing);
        } else {
            deliver();
            listener.conflict();
        }
    }

    /** Called on the loop of the server that appended. */
    void receive(LogEntry entry) {
        received.add(entry);
        loop.execute(this::deliver);
    }

    private void deliver() {
        for (LogEntry next = received.poll(); next != null && !closed; next = received.poll()) {
            history.add(next.events());
            listener.foreign(next);
        }
    }

    @Override
    public Optional<List<LoggedEvent>> read(long after) {
        return history.read(after);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isOpening() {
        return false;
    }

    @Override
    public void sync(Runnable then) {
        then.run();
    }

    @Override
    public void fetch(ConnectionId connection, Collection<StreamId> streams, Consumer<Boolean> then) {
        then.accept(true);
    }

    @Override
    public void owners(Consumer<@Nullable Map<ConnectionId, Long>> then) {
        then.accept(shared.owners());
    }

    @Override
    public void send(ConnectionId to, ServerMessage message) {
        // the servers of one process do not exchange messages
    }

    @Override
    public void takeMail(ConnectionId connection) {
        // see send
    }

    @Override
    public boolean isSnapshotDue() {
        return false;
    }

    @Override
    public void storeSnapshot(LoggedState state) {
        // what is in memory is lost with the process
    }

    @Override
    public @Nullable String origin() {
        return null;
    }

    @Override
    public SessionRecords records() {
        return shared.records();
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
        closed = true;
        closer.accept(this);
    }
}
