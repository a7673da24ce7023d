package dev.videosession.server.internal.presence;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.log.ClientRecord;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections over from other servers. A connection is made from the records, and held once the log names this server as its
 * owner. Belongs to the session's loop.
 */
final class TakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final SessionId session;
    private final SessionContext context;
    private final SessionEngine engine;
    private final LocalConnections connections;
    private final ProjectLoad.Share project;
    private final LinkReconciler reconciler;

    TakeOver(
            SessionId session,
            SessionContext context,
            SessionEngine engine,
            LocalConnections connections,
            ProjectLoad.Share project,
            LinkReconciler reconciler) {
        this.session = session;
        this.context = context;
        this.engine = engine;
        this.connections = connections;
        this.project = project;
        this.reconciler = reconciler;
    }

    /**
     * A connection of another server.
     *
     * @param record names that server
     * @param connection as it will be here
     */
    record Candidate(ConnectionRecord record, ClientConnection connection) {}

    /** {@return the connection of another server that a client resumes, or null if it may not} */
    @Nullable
    Candidate find(LoggedState current, ClientMessage.Resume request, ClientAddress address) {
        ConnectionInfo info = current.connection(request.connectionId());
        TokenPass pass = current.pass(request.connectionId());
        ConnectionRecord record =
                engine.records().connection(request.connectionId()).orElse(null);
        if (info == null || pass == null || record == null) {
            return null;
        }
        ClientRecord client = record.client();
        if (client == null || !client.isOpenedBy(request.resumeKey())) {
            return null;
        }
        MessageThrottle throttle =
                new MessageThrottle(context.limits(), context.time().nanos());
        return new Candidate(
                record,
                new ClientConnection(info, pass, client.connectionEvents(), client.features(), throttle, address));
    }

    /** The log names this server as the owner of a connection now. */
    void hold(ClientConnection takenOver) {
        project.take();
        connections.add(takenOver);
        context.metrics().connected();
        context.metrics().takenOver();
        reconciler.takeOver(takenOver);
        LOG.info("event=takeOver session={} connection={}", session, takenOver.id());
    }
}
