package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a session's operations on their way into the log: decided together, appended as one step, and settled by the outcome before
 * the next step. At most one append is in progress. Belongs to the session's loop.
 */
final class AppendCycle implements SessionLog.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(AppendCycle.class);

    private final SessionId id;
    private final LoggedState state;
    private final EventApplier applier;
    private final Settlement settlement;
    private final boolean shared;
    private final SessionLog log;
    private final Batch batch;
    private final Deque<Operation> waiting = new ArrayDeque<>(2);
    private final List<Operation> unknown = new ArrayList<>(0);
    private final HeldMessages held;
    private final AppendFailures failures;
    private ClusterListener cluster = ClusterListener.NONE;
    private Position position = Position.START;
    private Phase phase;
    private Outcome outcome = Outcome.NONE;
    private @Nullable Guard fence;
    private int rereading;
    private boolean running;
    private boolean asynchronous;

    /** What the log is doing. */
    private enum Phase {
        /** Nothing: operations are decided. */
        READY,
        /** The outcome of an append has not been reported. */
        APPENDING,
        /** It is read, for the first time or after a failure. */
        READING,
        /** It was read after a failure: the operations whose outcome was unknown are decided again. */
        RECOVERED,
        /** Nothing more is decided here. */
        CLOSED
    }

    /** How the last append ended, until that is dealt with. */
    private enum Outcome {
        NONE,
        DONE,
        CONFLICT,
        FENCED,
        FAILED
    }

    /** Opens the log of a session. */
    AppendCycle(
            SessionId id,
            LoggedState state,
            ServerMetrics metrics,
            SessionObserver observer,
            EventApplier applier,
            SessionLogFactory logs,
            Executor loop) {
        this.id = id;
        this.state = state;
        this.applier = applier;
        this.settlement = new Settlement(id, metrics, applier);
        this.held = new HeldMessages(id);
        this.failures = new AppendFailures(id);
        this.shared = logs.isShared();
        this.log = logs.open(id, loop, this);
        long epoch = log.epoch(); // that of the factory may have changed since
        this.batch = new Batch(id, state, epoch, shared, observer, link -> cluster.actual(link));
        this.phase = log.isOpening() ? Phase.READING : Phase.READY;
    }

    void follow(ClusterListener listener) {
        cluster = listener;
    }

    SessionLog log() {
        return log;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** {@return whether no operation waits and nothing is under way} */
    boolean isIdle() {
        return waiting.isEmpty() && phase == Phase.READY && rereading == 0;
    }

    /** {@return how many operations wait} */
    int length() {
        return waiting.size();
    }

    /** Takes an operation in; ignored when closed. */
    void submit(Operation operation) {
        if (!isClosed()) {
            waiting.add(operation);
            run();
        }
    }

    /** Whatever calls this while it runs only changes the fields that the loop looks at: a long queue takes no deep stack. */
    private void run() {
        if (running) {
            return;
        }
        running = true;
        try {
            while (true) {
                if (outcome != Outcome.NONE) {
                    finish();
                } else if (phase == Phase.RECOVERED) {
                    recover();
                } else if (phase != Phase.READY) {
                    return;
                } else if (!held.isEmpty()) {
                    held.passNext(cluster);
                } else if (waiting.isEmpty()) {
                    return;
                } else {
                    next();
                }
            }
        } finally {
            running = false;
        }
    }

    private void next() {
        batch.fill(waiting, position, !asynchronous);
        if (batch.step().isEmpty()) {
            outcome = Outcome.DONE;
            return;
        }
        phase = Phase.APPENDING;
        try {
            log.append(batch.step());
        } catch (RuntimeException e) {
            appendThrew(e);
        }
        asynchronous |= phase == Phase.APPENDING;
    }

    /** A log that throws will not report an outcome and recover by itself, so that the session would wait for ever. */
    private void appendThrew(RuntimeException e) {
        if (phase == Phase.APPENDING) {
            failed(e);
            recovered();
        } else {
            failures.failed(batch.size(), e);
        }
    }

    private void finish() {
        Outcome how = outcome;
        outcome = Outcome.NONE;
        switch (how) {
            case DONE -> {
                for (int i = 0; i < batch.size(); i++) {
                    settle(batch.operation(i), batch.decision(i));
                }
                if (log.isSnapshotDue()) {
                    log.storeSnapshot(state);
                }
            }
            case CONFLICT -> batch.returnTo(waiting, null);
            case FENCED -> dropFenced();
            case FAILED -> {
                unknown.addAll(batch.operations());
                unknown.forEach(operation -> settlement.notify(operation, Operation::failed));
            }
            case NONE -> throw new IllegalStateException("no append has ended");
        }
        batch.clear();
    }

    /**
     * A client that connects, or a backend, may know of events that another server has logged and this one has not read: it is
     * refused only when this server has read the whole log.
     */
    private void settle(Operation operation, Decision decision) {
        boolean refused = decision instanceof Decision.Rejected;
        if (!shared || !refused || operation.actor() != null || operation.reread()) {
            settlement.of(operation, decision);
            return;
        }
        rereading++;
        log.sync(() -> {
            rereading--;
            if (isClosed()) {
                settlement.notify(operation, Operation::failed);
            } else {
                submit(operation);
            }
        });
    }

    /** Another server owns the client: this one answers it no more. */
    private void dropFenced() {
        Guard failed = fence;
        fence = null;
        if (failed != null) {
            release(failed.connectionId());
            batch.returnTo(waiting, failed.connectionId());
            for (int i = 0; i < batch.size(); i++) {
                if (failed.connectionId().equals(batch.operation(i).actor())) {
                    batch.operation(i).fenced();
                }
            }
        }
    }

    private void release(ConnectionId connection) {
        LOG.info("event=takenOver session={} connection={}", id, connection);
        long lastResume = log.records()
                .connection(connection)
                .map(ConnectionRecord::lastResume)
                .orElse(0L);
        applier.run(List.of(new Effect.ReleaseClient(connection, lastResume)));
    }

    private void recover() {
        phase = Phase.READY;
        List<Operation> ended = List.copyOf(unknown);
        unknown.clear();
        int later = waiting.size();
        ended.forEach(operation -> settlement.notify(operation, Operation::recovered));
        for (int i = 0; i < later && !isClosed(); i++) {
            waiting.add(waiting.remove()); // behind those that came before them and are decided again
        }
        if (waiting.isEmpty()) {
            failures.recovered(position);
        }
    }

    /** Fails every operation, and closes the log. */
    void abandon() {
        phase = Phase.CLOSED;
        List<Operation> ended = new ArrayList<>(batch.operations());
        ended.addAll(unknown);
        ended.addAll(waiting);
        batch.clear();
        unknown.clear();
        waiting.clear();
        held.clear();
        ended.forEach(operation -> settlement.notify(operation, Operation::failed));
        log.close();
    }

    /** Closes the log. Nothing waits or is under way; what is submitted later is ignored, as the log would take none of it. */
    void close() {
        phase = Phase.CLOSED;
        log.close();
    }

    private void become(Phase next) {
        if (!isClosed()) {
            phase = next;
        }
    }

    private void ended(Outcome how, Phase next) {
        become(next);
        outcome = how;
        run();
    }

    @Override
    public void opened(SessionImage image) {
        applier.restore(image);
        position = image.position();
        become(Phase.READY);
        cluster.opened();
        run();
    }

    @Override
    public void diverged() {
        LOG.warn("event=sessionDiverged session={} sequence={}", id, position.sequence());
        become(Phase.READING);
        cluster.diverged();
    }

    @Override
    public void message(ConnectionId to, ServerMessage message) {
        held.add(to, listener -> listener.message(to, message));
        run();
    }

    /** The append under way may make this server the owner of the connection. */
    @Override
    public void mailed(ConnectionId connection, int bytes) {
        held.add(connection, listener -> listener.mailed(connection, bytes));
        run();
    }

    @Override
    public boolean mail(ConnectionId to, ServerMessage message) {
        return cluster.mail(to, message);
    }

    @Override
    public void released(ConnectionId connection) {
        release(connection);
        cluster.released();
    }

    @Override
    public void given(ConnectionId connection) {
        cluster.given(connection);
    }

    @Override
    public void missedMessages(Runnable then) {
        cluster.missedMessages(then);
    }

    @Override
    public void done(Position last) {
        position = last;
        failures.recovered(last);
        ended(Outcome.DONE, Phase.READY);
    }

    @Override
    public void conflict() {
        ended(Outcome.CONFLICT, Phase.READY);
    }

    @Override
    public void fenced(Guard failed) {
        fence = failed;
        ended(Outcome.FENCED, Phase.READY);
    }

    @Override
    public void failed(Throwable cause) {
        failures.failed(batch.size(), cause);
        ended(Outcome.FAILED, Phase.READING);
    }

    @Override
    public void recovered() {
        become(Phase.RECOVERED);
        run();
    }

    @Override
    public void foreign(LogEntry entry) {
        position = entry.position();
        applier.apply(entry.events());
    }
}
