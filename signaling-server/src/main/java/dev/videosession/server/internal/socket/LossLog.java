package dev.videosession.server.internal.socket;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.logging.RefusalLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs sockets that were refused or evicted: for each cause the first one, and then one line a second at most, with the
 * number of those since the line before. A flood of strangers does not become a flood of lines. Thread-safe.
 */
final class LossLog {
    private static final Logger LOG = LoggerFactory.getLogger(LossLog.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TimeSource time;
    private final Map<String, Tally> tallies = new HashMap<>();

    /** What happened since the last line of one cause. */
    private static final class Tally {
        long count;
        long lineNanos;
    }

    LossLog(TimeSource time) {
        this.time = time;
    }

    /** Notes a socket. Events and limits are few, addresses are not remembered. */
    void add(String event, String limit, ClientAddress address) {
        long count = due(event + " " + limit);
        if (count > 0) {
            LOG.warn(RefusalLog.MARKER, "event={} limit={} count={} lastAddress={}", event, limit, count, address);
        }
    }

    private synchronized long due(String cause) {
        long now = time.nanos();
        Tally tally = tallies.get(cause);
        if (tally == null) {
            tally = new Tally();
            tally.lineNanos = now - PERIOD_NANOS;
            tallies.put(cause, tally);
        }
        tally.count++;
        if (now - tally.lineNanos < PERIOD_NANOS) {
            return 0;
        }
        long count = tally.count;
        tally.count = 0;
        tally.lineNanos = now;
        return count;
    }
}
