package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Decides the commands of one session, appends the events to the log, applies them and runs their effects. At most one append
 * is under way. Commands that arrive meanwhile wait, are decided in order once it is done, and go to the log as one step.
 * Belongs to the session's loop.
 */
public final class SessionEngine {
    private static final int MAX_WAITING = 10_000;

    private final LoggedState state;
    private final EventApplier applier;
    private final AppendCycle cycle;
    private final SessionLog log;
    private final boolean shared;
    private SessionRules rules;

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
        this.state = state;
        this.rules = rules;
        this.applier = new EventApplier(id, state, observer, follower, effects);
        this.shared = logs.isShared();
        this.cycle = new AppendCycle(id, state, metrics, observer, applier, logs, loop);
        this.log = cycle.log();
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
        cycle.follow(listener);
    }

    /** {@return whether this server has closed its copy of the session, so that nothing more is decided here} */
    public boolean isAbandoned() {
        return cycle.isClosed();
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
        if (cycle.isClosed() || cycle.length() >= MAX_WAITING) {
            return false;
        }
        cycle.submit(operation);
        return true;
    }

    /**
     * Takes an operation in.
     *
     * @param operation what this server decides about a connection: there are few of them for each connection
     */
    public void submit(Operation operation) {
        cycle.submit(operation);
    }

    /**
     * Runs the effects of a command that logged nothing, when the log says after a failure that its records were written.
     *
     * @param decision what was decided
     */
    public void runEffects(Decision.Accepted decision) {
        applier.run(decision.effects());
    }

    /** Fails every operation: this server decides nothing more for the session. */
    public void abandon() {
        cycle.abandon();
    }

    /**
     * Drops a connection that another server has taken over, if the notice of that was lost.
     *
     * @param connection the connection
     */
    public void released(ConnectionId connection) {
        cycle.released(connection);
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
        return log.epoch();
    }

    /** {@return whether no command waits and nothing is under way} */
    public boolean isIdle() {
        return cycle.isIdle();
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
        cycle.close();
    }
}
