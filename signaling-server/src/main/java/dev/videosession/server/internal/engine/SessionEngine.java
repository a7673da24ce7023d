package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.log.SessionRecords;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the commands of one session, appends the events to the log, applies them and runs their effects. At most one append
 * is under way. Commands that arrive meanwhile wait, are decided in order once it is done, and go to the log as one step.
 * Belongs to the session's loop.
 */
public final class SessionEngine implements SessionLog.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEngine.class);
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_HELD = 4096;

    private final SessionId id;
    private final LoggedState state;
    private final EventApplier applier;
    private final Settlement settlement;
    private final SessionLog log;
    private final long epoch;
    private final Deque<Operation> waiting = new ArrayDeque<>(2);
    private final Batch batch;
    private final boolean shared;
    private final List<Operation> unknown = new ArrayList<>(0);
    private final Deque<Message> held = new ArrayDeque<>(0);
    private SessionRules rules;
    private ClusterListener cluster = ClusterListener.NONE;
    private Position position = Position.START;
    private AppendOutcome outcome = AppendOutcome.NONE;
    private @Nullable Guard fence;
    private int rereading;
    private boolean running;
    private boolean inFlight;
    private boolean recovering;
    private boolean recovered;
    private boolean asynchronous;
    private boolean abandoned;

    /** A message of another server to a connection of this one. */
    private record Message(ConnectionId to, ServerMessage content) {}

    /** How the last append ended, until that is dealt with. */
    private enum AppendOutcome {
        NONE,
        DONE,
        CONFLICT,
        FENCED,
        FAILED
    }

    /**
     * Creates the engine of a session without events, and opens its log.
     *
     * @param id the session
     * @param state without events; changed by this engine only
     * @param rules that decide
     * @param metrics counts refusals
     * @param observer gets every event before it is applied
     * @param logs opens the log
     * @param loop the session's loop
     * @param follower gets every event when it was applied
     * @param effects runs effects
     */
    public SessionEngine(
            SessionId id,
            LoggedState state,
            SessionRules rules,
            ServerMetrics metrics,
            SessionObserver observer,
            SessionLogFactory logs,
            Executor loop,
            Consumer<LoggedEvent> follower,
            Consumer<List<Effect>> effects) {
        this.id = id;
        this.state = state;
        this.rules = rules;
        this.applier = new EventApplier(id, state, observer, follower, effects);
        this.settlement = new Settlement(id, metrics, applier);
        this.shared = logs.isShared();
        this.log = logs.open(id, loop, this);
        this.epoch = log.epoch(); // that of the factory may have changed since
        this.batch = new Batch(id, state, epoch, logs.isShared(), observer, link -> cluster.actual(link));
        this.recovering = log.isOpening();
    }

    /**
     * Changes the rules for the commands that are decided from now on.
     *
     * @param newRules the rules
     */
    public void use(SessionRules newRules) {
        rules = newRules;
    }

    /**
     * Sets what to do about other servers.
     *
     * @param listener called on the session's loop
     */
    public void follow(ClusterListener listener) {
        cluster = listener;
    }

    /** {@return whether this server has closed its copy of the session, so that nothing more is decided here} */
    public boolean isAbandoned() {
        return abandoned;
    }

    /** {@return whether other servers may have connections of this session} */
    public boolean isShared() {
        return shared;
    }

    /** {@return the log, to read its records} */
    public SessionLog log() {
        return log;
    }

    /**
     * Decides a command without carrying it out.
     *
     * @param current the state to decide against
     * @param command the command
     * @return what the rules say
     */
    public Decision decide(LoggedState current, Command command) {
        return rules.decide(current, command);
    }

    /**
     * Tells whether a command would be accepted now. A command before it may change that.
     *
     * @param command the command
     * @return true if the rules accept it
     */
    public boolean wouldAccept(Command command) {
        return rules.decide(state, command) instanceof Decision.Accepted;
    }

    /**
     * Takes an operation in, unless too many wait.
     *
     * @param operation a command of a client or of the backend
     * @return false if it was not taken, because too many wait or this server has closed its copy of the session; none of its methods is
     *     called then
     */
    public boolean offer(Operation operation) {
        if (abandoned || waiting.size() >= MAX_WAITING) {
            return false;
        }
        submit(operation);
        return true;
    }

    /**
     * Takes an operation in.
     *
     * @param operation what this server decides about a connection: there are few of them for each connection
     */
    public void submit(Operation operation) {
        if (!abandoned) {
            waiting.add(operation);
            run();
        }
    }

    /**
     * Runs the effects of a command that logged nothing, when the log says after a failure that its records were written.
     *
     * @param decision what was decided
     */
    public void runEffects(Decision.Accepted decision) {
        applier.run(decision.effects());
    }

    /** Whatever calls this while it runs only changes the fields that the loop looks at: a long queue takes no deep stack. */
    private void run() {
        if (running) {
            return;
        }
        running = true;
        try {
            while (true) {
                if (outcome != AppendOutcome.NONE) {
                    finish();
                } else if (recovered) {
                    recover();
                } else if (inFlight || recovering) {
                    return;
                } else if (!held.isEmpty()) {
                    pass(held.remove());
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

    private void pass(Message message) {
        try {
            cluster.message(message.to, message.content);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", id, message.to, e);
        }
    }

    private void next() {
        batch.fill(waiting, position, !asynchronous);
        if (batch.step().isEmpty()) {
            outcome = AppendOutcome.DONE;
            return;
        }
        inFlight = true;
        try {
            log.append(batch.step());
        } catch (RuntimeException e) {
            appendThrew(e);
        }
        asynchronous |= inFlight;
    }

    /** A log that throws will not report an outcome and recover by itself, so that the session would wait for ever. */
    private void appendThrew(RuntimeException e) {
        if (inFlight) {
            failed(e);
            recovered();
        } else {
            LOG.error("event=logFailed session={} commands={}", id, batch.size(), e);
        }
    }

    private void finish() {
        AppendOutcome how = outcome;
        outcome = AppendOutcome.NONE;
        switch (how) {
            case DONE -> {
                for (int i = 0; i < batch.size(); i++) {
                    settle(batch.operation(i), batch.decision(i));
                }
                if (log.isSnapshotDue()) {
                    log.storeSnapshot(state.toEvents());
                }
            }
            case CONFLICT -> batch.returnTo(waiting, null);
            case FENCED -> release();
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
            if (abandoned) {
                settlement.notify(operation, Operation::failed);
            } else {
                submit(operation);
            }
        });
    }

    /** The client is at another server: this one answers it no more. */
    private void release() {
        Guard failed = fence;
        fence = null;
        if (failed != null) {
            LOG.info("event=takenOver session={} connection={}", id, failed.connectionId());
            applier.run(List.of(new Effect.ReleaseClient(failed.connectionId())));
            batch.returnTo(waiting, failed.connectionId());
            for (int i = 0; i < batch.size(); i++) {
                if (failed.connectionId().equals(batch.operation(i).actor())) {
                    batch.operation(i).fenced();
                }
            }
        }
    }

    private void recover() {
        recovered = false;
        recovering = false;
        LOG.info("event=logRecovered session={} sequence={}", id, position.sequence());
        List<Operation> ended = List.copyOf(unknown);
        unknown.clear();
        int later = waiting.size();
        ended.forEach(operation -> settlement.notify(operation, Operation::recovered));
        for (int i = 0; i < later && !abandoned; i++) {
            waiting.add(waiting.remove()); // behind those that came before them and are decided again
        }
    }

    private void ended(AppendOutcome how) {
        inFlight = false;
        outcome = how;
        run();
    }

    @Override
    public void opened(SessionImage image) {
        applier.restore(image);
        position = image.position();
        recovering = false;
        cluster.opened();
        run();
    }

    @Override
    public void diverged() {
        LOG.warn("event=sessionDiverged session={} sequence={}", id, position.sequence());
        recovering = true;
        cluster.diverged();
    }

    /** Fails every operation: this server decides nothing more for the session. */
    public void abandon() {
        abandoned = true;
        recovering = true;
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

    /**
     * A message may follow from the append that is under way, for instance an offer from a link that the append opens: it waits for the
     * outcome.
     * What does not fit is lost, as on the way here: the ends of a link repeat their messages, a directed signal is not repeated.
     */
    @Override
    public void message(ConnectionId to, ServerMessage message) {
        if (held.size() < MAX_HELD) {
            held.add(new Message(to, message));
        }
        run();
    }

    @Override
    public void released(ConnectionId connection) {
        LOG.info("event=takenOver session={} connection={}", id, connection);
        applier.run(List.of(new Effect.ReleaseClient(connection)));
        cluster.released();
    }

    @Override
    public void given(ConnectionId connection) {
        cluster.given(connection);
    }

    @Override
    public void missedMessages() {
        cluster.missedMessages();
    }

    @Override
    public void done(Position last) {
        position = last;
        ended(AppendOutcome.DONE);
    }

    @Override
    public void conflict() {
        ended(AppendOutcome.CONFLICT);
    }

    @Override
    public void fenced(Guard failed) {
        fence = failed;
        ended(AppendOutcome.FENCED);
    }

    @Override
    public void failed(Throwable cause) {
        LOG.error("event=logFailed session={} commands={}", id, batch.size(), cause);
        recovering = true;
        ended(AppendOutcome.FAILED);
    }

    @Override
    public void recovered() {
        recovered = true;
        run();
    }

    @Override
    public void foreign(LogEntry entry) {
        position = entry.position();
        applier.apply(entry.events());
    }

    /**
     * Returns the events after a point, for a client that returns.
     *
     * @param after number of the last event that the client knows
     * @return the later events, the first of which has the number {@code after + 1}; empty if they are no longer kept
     */
    public Optional<List<LoggedEvent>> read(long after) {
        return log.read(after);
    }

    /** {@return what is kept beside the events} */
    public SessionRecords records() {
        return log.records();
    }

    /**
     * Returns the open links. Records that were read late may still have links of a stream or of a subscriber that has ended.
     *
     * @return those whose stream and subscriber exist
     */
    public List<Link> openLinks() {
        return records().links().stream().filter(this::isOpen).toList();
    }

    private boolean isOpen(Link link) {
        ConnectionId subscriber = link.subscriber();
        return state.stream(link.streamId()) != null
                && (subscriber.equals(ServerMessage.LinkOpened.ROUTER) || state.connection(subscriber) != null);
    }

    /** {@return the number under which this server owns connections} */
    public long epoch() {
        return epoch;
    }

    /** {@return whether no command waits and nothing is under way} */
    public boolean isIdle() {
        return waiting.isEmpty() && !inFlight && !recovering && rereading == 0;
    }

    /** {@return how many bytes the kept events take, approximately} May be called on any thread. */
    public long heldBytes() {
        return log.heldBytes();
    }

    /** Drops the older half of the events that are kept for clients that return. */
    public void shorten() {
        log.shorten();
    }

    /** Closes the log. To be called when the engine is idle and the session is empty. */
    public void close() {
        log.close();
    }
}
