package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.log.LogUnavailableException;
import dev.videosession.server.internal.log.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the failures of a session's appends: the first one and the first success after it. While Redis is away, each command of each
 * session fails.
 */
final class AppendFailures {
    private static final Logger LOG = LoggerFactory.getLogger(AppendFailures.class);

    private final SessionId session;
    private boolean failing;

    AppendFailures(SessionId session) {
        this.session = session;
    }

    void failed(int commands, Throwable cause) {
        if (failing) {
            LOG.debug("event=logFailed session={} commands={}", session, commands, cause);
        } else if (cause instanceof LogUnavailableException) {
            LOG.warn("event=logFailed session={} commands={} cause=\"{}\"", session, commands, cause.getMessage());
        } else {
            LOG.error("event=logFailed session={} commands={}", session, commands, cause);
        }
        failing = true;
    }

    void appended(Position last) {
        if (failing) {
            failing = false;
            LOG.info("event=logRecovered session={} sequence={}", session, last.sequence());
        }
    }
}
