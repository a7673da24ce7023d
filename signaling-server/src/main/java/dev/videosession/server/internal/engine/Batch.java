package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations that were decided together, and the step of the log that they make. Belongs to the session's loop. */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int MAX_OPERATIONS = 256;

    /** Redis drops a server that is some megabytes behind with the notices of steps. */
    private static final int MAX_CHARACTERS = 1 << 18;

    private final SessionId session;
    private final LoggedState state;
    private final long epoch;
    private final Append step = new Append();
    private final LinkRecords links;
    private final List<Operation> operations = new ArrayList<>(1);
    private final List<Decision> decisions = new ArrayList<>(1);
    private final SessionObserver observer;
    private long sequence;

    /** The state is the one that is applied, and is only read. */
    Batch(
            SessionId session,
            LoggedState state,
            long epoch,
            boolean shared,
            SessionObserver observer,
            UnaryOperator<Link> actual) {
        this.observer = observer;
        this.session = session;
        this.state = state;
        this.epoch = epoch;
        this.links = new LinkRecords(step, shared, actual);
    }

    Append step() {
        return step;
    }

    int size() {
        return operations.size();
    }

    Operation operation(int index) {
        return operations.get(index);
    }

    Decision decision(int index) {
        return decisions.get(index);
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    void clear() {
        operations.clear();
        decisions.clear();
    }

    /** Puts the operations back to the front, except those of one connection. */
    void returnTo(Deque<Operation> waiting, @Nullable ConnectionId except) {
        for (int i = operations.size() - 1; i >= 0; i--) {
            if (except == null || !except.equals(operations.get(i).actor())) {
                waiting.addFirst(operations.get(i));
            }
        }
    }

    /**
     * Takes operations and decides them, each against the state after those before it.
     *
     * @param waiting at least one operation
     * @param last the position that the state has
     * @param single whether to take one only, so that no state has to be copied
     */
    void fill(Deque<Operation> waiting, Position last, boolean single) {
        step.begin(last);
        sequence = last.sequence();
        LoggedState view = state;
        int characters = 0;
        while (true) {
            Operation operation = waiting.remove();
            Decision decision = decide(operation, view);
            operations.add(operation);
            decisions.add(decision);
            for (int i = 0; i < decision.events().size(); i++) {
                characters += decision.events().get(i).textLength();
            }
            Operation following = waiting.peek();
            boolean full = size() == MAX_OPERATIONS || characters >= MAX_CHARACTERS;
            if (single || full || following == null || !following.mayFollow(step)) {
                return;
            }
            view = after(view, decision.events());
        }
    }

    /** Writes what backends receive about the events. */
    private void writeNotices(LoggedState view, List<LoggedEvent> events) {
        if (observer.keepsNotices()) {
            LoggedState before = events.size() == 1 ? view : view.copy();
            for (int i = 0; i < events.size(); i++) {
                observer.notices(session, before, events.get(i), sequence + i + 1)
                        .forEach(notice -> step.record(new SideRecord.Hook(notice)));
                if (i < events.size() - 1) {
                    before.apply(events.get(i));
                }
            }
        }
        sequence += events.size();
    }

    private LoggedState after(LoggedState view, List<LoggedEvent> events) {
        if (!LoggedState.isChangedBy(events)) {
            return view;
        }
        LoggedState next = view == state ? state.copy() : view;
        events.forEach(next::apply);
        return next;
    }

    private Decision decide(Operation operation, LoggedState view) {
        Decision decision;
        try {
            decision = operation.decide(view);
        } catch (RuntimeException e) {
            LOG.error("event=requestFailed session={} connection={}", session, operation.actor(), e);
            decision = new Decision.Rejected(ErrorCode.INTERNAL_ERROR, "The server failed. Its log says why.");
        }
        int before = step.records().size();
        links.write(decision.effects());
        operation.write(decision, step);
        if (!decision.events().isEmpty()) {
            step.entry(decision.events());
            writeNotices(view, decision.events());
        }
        boolean writes = step.records().size() > before || !decision.events().isEmpty();
        ConnectionId actor = operation.actor();
        if (writes && actor != null) {
            step.guard(new Guard(actor, operation.ownerEpoch(epoch)));
        }
        return decision;
    }
}
