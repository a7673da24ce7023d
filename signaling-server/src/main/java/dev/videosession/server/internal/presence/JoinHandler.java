package dev.videosession.server.internal.presence;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.logging.LoggedText;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets clients join a session, or refuses them. Belongs to the session's loop. */
public final class JoinHandler {
    private static final Logger LOG = LoggerFactory.getLogger(JoinHandler.class);
    private static final long RETRY_MILLIS = 1000;

    private final SessionId session;
    private final SessionContext context;
    private final SessionEngine engine;
    private final LocalConnections connections;
    private final Deliveries deliveries;
    private final Welcome welcome;
    private final ProjectLoad.Share project;

    /**
     * Creates the handler of a session.
     *
     * @param session its id, for log lines
     * @param context what all sessions of the server share
     * @param engine of the session
     * @param connections of the session that this server holds
     * @param deliveries of the session
     * @param welcome answers clients
     * @param project counts the project's connections
     */
    public JoinHandler(
            SessionId session,
            SessionContext context,
            SessionEngine engine,
            LocalConnections connections,
            Deliveries deliveries,
            Welcome welcome,
            ProjectLoad.Share project) {
        this.session = session;
        this.context = context;
        this.engine = engine;
        this.connections = connections;
        this.deliveries = deliveries;
        this.welcome = welcome;
        this.project = project;
    }

    /**
     * Lets a client join, or refuses it and closes its socket.
     *
     * @param entering the client's connection
     * @param outbox of its socket
     * @param request what it sent
     * @param established called when it has joined, before it is answered
     */
    public void join(ClientConnection entering, Outbox outbox, ClientMessage.Connect request, Runnable established) {
        if (!engine.offer(new Join(entering, outbox, request, established))) {
            welcome.refusedForNow(outbox, request.id(), "The session is too busy. Try again later.", RETRY_MILLIS);
        }
    }

    private final class Join extends Operation {
        private final ClientConnection entering;
        private final Outbox outbox;
        private final long requestId;
        private final @Nullable String program;
        private final Runnable established;
        private boolean counted;
        private boolean abandoned;
        private @Nullable String key;

        Join(ClientConnection entering, Outbox outbox, ClientMessage.Connect request, Runnable established) {
            super(null);
            this.entering = entering;
            this.outbox = outbox;
            this.requestId = request.id();
            this.program = request.client();
            this.established = established;
        }

        private String key() {
            String made = key == null ? Ids.resumeKey() : key;
            key = made;
            return made;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return true;
        }

        /** A client whose socket is closed is not admitted. Otherwise participants would see its connection until the resume window ends. */
        @Override
        protected Decision decide(LoggedState state) {
            abandoned = !outbox.isOpen();
            if (abandoned) {
                return Decision.Accepted.NOTHING;
            }
            if (context.revoked().contains(entering.pass().fingerprint())) {
                return new Decision.Rejected(
                        ErrorCode.AUTHENTICATION_ERROR, "The token was revoked, or its holder was banned.");
            }
            counted = counted || project.enter();
            return counted
                    ? engine.decide(state, new Command.Join(entering.info(), entering.pass()))
                    : new Decision.Rejected(
                            ErrorCode.CONNECTION_LIMIT_EXCEEDED,
                            "The project has " + context.limits().connectionsPerProject()
                                    + " connections, as many as it may have. Try again later.");
        }

        @Override
        protected void write(Decision decision, Append step) {
            if (!decision.events().isEmpty()) {
                step.record(new SideRecord.PutConnection(new ConnectionRecord(
                        entering.id(), engine.epoch(), 0, ClientRecords.of(engine, entering, key(), "", ""))));
            }
        }

        @Override
        protected void applied(Decision.Accepted accepted) {
            if (abandoned) {
                uncount();
                context.refusals().info(LOG, "entryAbandoned", "session={} connection={}", session, entering.id());
                return;
            }
            String resumeKey = key();
            entering.attach(outbox, 0, "", resumeKey);
            connections.add(entering);
            context.metrics().connected();
            established.run();
            welcome.connected(entering, outbox, requestId, resumeKey);
            deliveries.admit(outbox, entering.wantsConnectionEvents());
            LOG.info(
                    "event=connected session={} connection={} role={} connections={} address={} client=\"{}\"",
                    session,
                    entering.id(),
                    entering.info().role().wireName(),
                    connections.all().size(),
                    entering.address().host().getHostAddress(),
                    LoggedText.of(program));
        }

        @Override
        protected void rejected(Decision.Rejected rejected) {
            uncount();
            refused("code=" + rejected.code());
            welcome.refused(outbox, requestId, rejected.code(), rejected.message());
        }

        private void refused(String cause) {
            String host = entering.address().host().getHostAddress();
            context.refusals().info(LOG, "refused", "session={} {} address={}", session, cause, host);
        }

        @Override
        protected void failed() {
            uncount();
            welcome.refusedForNow(outbox, requestId, "The session's log failed. Try again.", RETRY_MILLIS);
        }

        private void uncount() {
            if (counted) {
                counted = false;
                project.leave();
            }
        }

        @Override
        protected void recovered() {
            engine.submit(new EndRefused(entering));
        }
    }

    /** Ends a connection whose client was refused although the log has it. */
    private final class EndRefused extends Operation {
        private final ClientConnection refused;

        EndRefused(ClientConnection refused) {
            super(refused.id());
            this.refused = refused;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return true;
        }

        @Override
        protected Decision decide(LoggedState state) {
            return state.connection(refused.id()) == null
                    ? Decision.Accepted.NOTHING
                    : engine.decide(
                            state,
                            new Command.Leave(
                                    refused.id(),
                                    DisconnectReason.NETWORK_DISCONNECTED,
                                    DisconnectDetail.SOCKET_LOST,
                                    null));
        }

        @Override
        protected void recovered() {
            engine.submit(this);
        }
    }
}
