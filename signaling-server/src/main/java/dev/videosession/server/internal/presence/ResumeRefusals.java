package dev.videosession.server.internal.presence;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.log.EndRecord;
import dev.videosession.server.internal.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a client that may not resume, and closes its socket. A client whose connection has ended receives how it ended. Belongs to
 * the session's loop.
 */
final class ResumeRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeRefusals.class);
    private static final long RETRY_MILLIS = 1000;

    private final SessionId session;
    private final SessionContext context;
    private final SessionEngine engine;
    private final Welcome welcome;
    private final DisconnectTombstones tombstones;

    ResumeRefusals(
            SessionId session,
            SessionContext context,
            SessionEngine engine,
            Welcome welcome,
            DisconnectTombstones tombstones) {
        this.session = session;
        this.context = context;
        this.engine = engine;
        this.welcome = welcome;
        this.tombstones = tombstones;
    }

    /** The client asks again as long as it gets this answer. */
    void logUnreachable(Outbox outbox, ClientMessage.Resume request) {
        welcome.refusedForNow(outbox, request.id(), "The session's log cannot be reached. Try again.", RETRY_MILLIS);
    }

    void sessionBusy(Outbox outbox, ClientMessage.Resume request) {
        welcome.refusedForNow(outbox, request.id(), "The session is too busy. Try again later.", RETRY_MILLIS);
    }

    void serverBusy(Outbox outbox, ClientMessage.Resume request, long waitMillis) {
        context.metrics().refused(ErrorCode.CONNECT_FAILED);
        String message = "Too many clients connect at once. Try again later.";
        welcome.refusedForNow(outbox, request.id(), message, waitMillis);
    }

    void late(Outbox outbox, ClientMessage.Resume request) {
        context.refusals()
                .info(LOG, "refused", "session={} connection={} cause=lateResume", session, request.connectionId());
        welcome.refused(outbox, request.id(), ErrorCode.INVALID_PARAMETER, "A later resume has succeeded.");
    }

    void abandoned(ClientMessage.Resume request) {
        context.refusals().info(LOG, "entryAbandoned", "session={} connection={}", session, request.connectionId());
    }

    void unknown(Outbox outbox, ClientMessage.Resume request) {
        Optional<DisconnectTombstones.Tombstone> ended = tombstones.find(request.connectionId(), request.resumeKey());
        if (ended.isPresent()) {
            welcome.ended(outbox, ended.get());
        } else if (engine.isShared()) {
            // it may have ended since its records were read
            engine.log().fetch(request.connectionId(), List.of(), read -> {
                if (read) {
                    endedElsewhere(outbox, request);
                } else {
                    logUnreachable(outbox, request);
                }
            });
        } else {
            endedElsewhere(outbox, request);
        }
    }

    private void endedElsewhere(Outbox outbox, ClientMessage.Resume request) {
        Optional<EndRecord> end = engine.records()
                .end(request.connectionId())
                .filter(record -> record.client().isOpenedBy(request.resumeKey()));
        if (end.isPresent()) {
            ServerMessage.Disconnected last = end.get().message();
            welcome.ended(outbox, new DisconnectTombstones.Tombstone(last, CloseCode.of(last.detail())));
            return;
        }
        context.refusals().info(LOG, "refused", "session={} code={}", session, ErrorCode.UNKNOWN_RESUME);
        context.metrics().refused(ErrorCode.UNKNOWN_RESUME);
        String message = "There is nothing to resume. Connect again.";
        welcome.refused(outbox, request.id(), ErrorCode.UNKNOWN_RESUME, message);
    }
}
