package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One atomic step of a session's log: entries, the conditions under which they are appended, and what is written beside
 * them. A session uses one object for all of its appends: it belongs to the log from the call of {@link SessionLog#append}
 * until the outcome, and to the session otherwise.
 */
public final class Append {
    /** Up to this number of guards, comparing each with a new one is cheaper than hashing. */
    private static final int FEW = 8;

    private final List<List<LoggedEvent>> entries = new ArrayList<>(1);
    private final List<Guard> guards = new ArrayList<>(1);
    private final List<SideRecord> records = new ArrayList<>(1);
    private final List<List<LoggedEvent>> entriesView = Collections.unmodifiableList(entries);
    private final List<Guard> guardsView = Collections.unmodifiableList(guards);
    private final List<SideRecord> recordsView = Collections.unmodifiableList(records);
    private Position expected = Position.START;
    private @Nullable Set<Guard> many;

    /** Creates an empty step. */
    public Append() {}

    /**
     * Empties the step.
     *
     * @param last the position after which the next outcome is to be appended
     */
    public void begin(Position last) {
        expected = last;
        entries.clear();
        guards.clear();
        records.clear();
        many = null;
    }

    /**
     * Copies the step, for a log that must know after a failure what it tried to write.
     *
     * @return a step with the same content
     */
    public Append copy() {
        Append copy = new Append();
        copy.begin(expected);
        copy.entries.addAll(entries);
        copy.guards.addAll(guards);
        copy.records.addAll(records);
        return copy;
    }

    /**
     * Adds an entry.
     *
     * @param events of one command, at least one, immutable
     */
    public void entry(List<LoggedEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("an entry has at least one event");
        }
        entries.add(events);
    }

    /**
     * Adds a condition.
     *
     * @param guard must hold; one that was added already is not added again
     */
    public void guard(Guard guard) {
        if (isNew(guard)) {
            guards.add(guard);
        }
    }

    private boolean isNew(Guard guard) {
        if (guards.size() < FEW) {
            return !guards.contains(guard);
        }
        Set<Guard> known = many;
        if (known == null) {
            known = new HashSet<>(guards);
            many = known;
        }
        return known.add(guard);
    }

    /**
     * Adds a side record.
     *
     * @param written to be written with the entries
     */
    public void record(SideRecord written) {
        records.add(written);
    }

    /**
     * Returns the last position that the writer knows. The step is refused as a conflict if it is not the log's last one, even
     * if there are no entries: what is written was decided against the state at this position.
     *
     * @return the position
     */
    public Position expected() {
        return expected;
    }

    /**
     * Returns the entries.
     *
     * @return a live view in order, empty if only records are written
     */
    public List<List<LoggedEvent>> entries() {
        return entriesView;
    }

    /**
     * Returns the conditions.
     *
     * @return a live view without repetitions
     */
    public List<Guard> guards() {
        return guardsView;
    }

    /**
     * Returns the side records.
     *
     * @return a live view in order; a later record of the same thing replaces an earlier one
     */
    public List<SideRecord> records() {
        return recordsView;
    }

    /**
     * Tells whether this step depends on a connection or ends it, so that a decision about it has to wait.
     *
     * @param connection the connection
     * @return whether there is a condition about the connection, or its end
     */
    public boolean isAbout(ConnectionId connection) {
        for (int i = 0; i < guards.size(); i++) {
            if (guards.get(i).connectionId().equals(connection)) {
                return true;
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            if (ends(entries.get(i), connection)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(List<LoggedEvent> events, ConnectionId connection) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof LoggedEvent.ConnectionDestroyed end
                    && end.connectionId().equals(connection)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether there is nothing to write.
     *
     * @return true without entries and records
     */
    public boolean isEmpty() {
        return entries.isEmpty() && records.isEmpty();
    }
}
