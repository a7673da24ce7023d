package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the servers of one process share of a session's log: the position and the records. Thread-safe. */
final class SharedLog {
    private final StoredRecords records = new StoredRecords();
    private final List<InMemorySessionLog> writers = new ArrayList<>(1);
    private final long nonce = ThreadLocalRandom.current().nextLong();
    private Position last = Position.START;

    synchronized void add(InMemorySessionLog writer) {
        if (!last.equals(Position.START)) {
            throw new IllegalStateException("a log in memory keeps no snapshot: open it before its first entry");
        }
        writers.add(writer);
    }

    /** Returns true if that was the last writer. */
    synchronized boolean remove(InMemorySessionLog writer) {
        writers.remove(writer);
        return writers.isEmpty();
    }

    synchronized boolean isLast(Position position) {
        return position.equals(last);
    }

    /** Appends a step that fits, and returns the new last position. */
    synchronized Position append(InMemorySessionLog writer, Append step) {
        List<List<LoggedEvent>> entries = step.entries();
        long sequence = last.sequence();
        for (int i = 0; i < entries.size(); i++) {
            sequence += entries.get(i).size();
            if (writers.size() > 1) {
                pass(writer, new LogEntry(new Position(sequence, nonce), entries.get(i)));
            }
        }
        if (!entries.isEmpty()) {
            last = new Position(sequence, nonce);
        }
        records.follow(step);
        return last;
    }

    private void pass(InMemorySessionLog from, LogEntry entry) {
        for (InMemorySessionLog writer : writers) {
            if (writer != from) {
                writer.receive(entry);
            }
        }
    }

    /** Returns the first condition that does not hold, or null. */
    synchronized @Nullable Guard failing(Append step) {
        List<Guard> guards = step.guards();
        for (int i = 0; i < guards.size(); i++) {
            if (!records.permits(guards.get(i))) {
                return guards.get(i);
            }
        }
        return null;
    }

    Map<ConnectionId, Long> owners() {
        return records.owners();
    }

    SessionRecords records() {
        return records;
    }
}
