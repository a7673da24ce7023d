package dev.videosession.server.internal.redis.log;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets logs read again what other servers have written, a few at a time: after a lost connection all of them have to, and what they ask
 * must not delay the renewal of the lease, or take Redis longer than it may be silent. A log that is requested once more before its turn has
 * come has one turn. Thread-safe.
 */
final class CatchUps {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUps.class);
    /** Each log asks for a few connections at a time. */
    static final int AT_ONCE = 64;

    private final Set<Log> waiting = new LinkedHashSet<>();
    private final Set<Log> underWay = new HashSet<>();
    private int begun;

    /** A log. */
    interface Log {
        /**
         * Reads what other servers have written.
         *
         * @param then to be called once that has ended, in whichever way
         */
        void catchUp(Runnable then);
    }

    /** Lets logs catch up that have not begun to. Those that have begun do it once more. */
    void request(Collection<? extends Log> logs) {
        synchronized (this) {
            waiting.addAll(logs);
        }
        startNext();
    }

    /** Redis is lost: logs that wait are requested again when it is back. */
    synchronized void cancel() {
        waiting.clear();
        begun = 0;
    }

    /** A log is closed: it does not end by itself what it has begun. */
    void closed(Log log) {
        synchronized (this) {
            waiting.remove(log);
        }
        ended(log);
    }

    private void ended(Log log) {
        int all = 0;
        synchronized (this) {
            if (underWay.remove(log) && underWay.isEmpty() && waiting.isEmpty()) {
                all = begun;
                begun = 0;
            }
        }
        if (all > 0) {
            LOG.info("event=logsCaughtUp logs={}", all);
        }
        startNext();
    }

    private void startNext() {
        for (Log next = next(); next != null; next = next()) {
            Log starting = next;
            starting.catchUp(() -> ended(starting));
        }
    }

    private synchronized @Nullable Log next() {
        if (underWay.size() == AT_ONCE) {
            return null;
        }
        for (Iterator<Log> each = waiting.iterator(); each.hasNext(); ) {
            Log next = each.next();
            if (underWay.add(next)) {
                each.remove();
                begun++;
                return next;
            }
        }
        return null;
    }
}
