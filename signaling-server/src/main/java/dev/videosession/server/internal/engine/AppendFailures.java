package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.log.LogUnavailableException;
import dev.videosession.server.internal.log.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the failures of a session's appends: the first one and the first success after it. While Redis is not reachable, every command of
 * every session fails. A bug is reported also during an outage.
 */
final class AppendFailures {
    private static final Logger LOG = LoggerFactory.getLogger(AppendFailures.class);

    private final SessionId session;
    private Reported reported = Reported.NOTHING;

    private enum Reported {
        NOTHING,
        OUTAGE,
        BUG
    }

    AppendFailures(SessionId session) {
        this.session = session;
    }

    void failed(int commands, Throwable cause) {
        boolean outage = cause instanceof LogUnavailableException;
        if (outage && reported == Reported.NOTHING) {
            reported = Reported.OUTAGE;
            LOG.warn("event=logFailed session={} commands={} cause=\"{}\"", session, commands, cause.getMessage());
        } else if (!outage && reported != Reported.BUG) {
            reported = Reported.BUG;
            LOG.error("event=logFailed session={} commands={}", session, commands, cause);
        } else {
            LOG.debug("event=logFailed session={} commands={}", session, commands, cause);
        }
    }

    /** The log can be written again, or nothing waits any more. */
    void recovered(Position last) {
        if (reported != Reported.NOTHING) {
            reported = Reported.NOTHING;
            LOG.info("event=logRecovered session={} sequence={}", session, last.sequence());
        }
    }
}
