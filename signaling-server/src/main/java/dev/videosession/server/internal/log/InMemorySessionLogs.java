package dev.videosession.server.internal.log;

import dev.videosession.protocol.SessionId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Logs in the memory of this process. A log lasts as long as it is open, and what was in it is lost then. Usually one server
 * uses them; several in one process may share them. Thread-safe.
 */
public final class InMemorySessionLogs {
    private static final long MAX_CHARACTERS = 4L * 1024 * 1024;

    private final int maxEvents;
    private final long maxCharacters;
    private final Map<SessionId, SharedLog> logs = new HashMap<>();
    private long epochs;

    /**
     * Creates logs without entries, which keep four million characters of a session at most.
     *
     * @param maxEvents how many events of a session to keep
     */
    public InMemorySessionLogs(int maxEvents) {
        this(maxEvents, MAX_CHARACTERS);
    }

    /**
     * Creates logs without entries.
     *
     * @param maxEvents how many events of a session to keep
     * @param maxCharacters how many characters in the events of a session to keep; one event is kept in any case
     */
    InMemorySessionLogs(int maxEvents, long maxCharacters) {
        this.maxEvents = maxEvents;
        this.maxCharacters = maxCharacters;
    }

    /**
     * Returns the way of one server to the logs.
     *
     * @return a factory with an epoch of its own
     */
    public synchronized SessionLogFactory newServer() {
        return new Server(++epochs);
    }

    EventHistory newHistory() {
        return new EventHistory(maxEvents, maxCharacters);
    }

    private synchronized InMemorySessionLog open(
            SessionId session, long epoch, Executor loop, SessionLog.Listener listener) {
        SharedLog shared = logs.computeIfAbsent(session, id -> new SharedLog());
        InMemorySessionLog log =
                new InMemorySessionLog(shared, newHistory(), epoch, loop, listener, closed -> close(session, closed));
        shared.add(log);
        return log;
    }

    private synchronized void close(SessionId session, InMemorySessionLog log) {
        SharedLog shared = logs.get(session);
        if (shared != null && shared.remove(log)) {
            logs.remove(session);
        }
    }

    private final class Server implements SessionLogFactory {
        private final long epoch;

        Server(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public long epoch() {
            return epoch;
        }

        @Override
        public SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener) {
            return InMemorySessionLogs.this.open(session, epoch, loop, listener);
        }
    }
}
