package dev.videosession.server.internal.presence;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a connection a new socket, and its client what it missed, or refuses the client. Belongs to the session's loop.
 */
public final class ResumeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeHandler.class);
    private static final int RESUME_TRIES = 3;

    private final SessionId session;
    private final SessionContext context;
    private final SessionEngine engine;
    private final LocalConnections connections;
    private final LinkBroker links;
    private final Deliveries deliveries;
    private final Welcome welcome;
    private final Presence presence;
    private final LoggedState state;
    private final Orphans orphans;
    private final LinkReconciler reconciler;
    private final TakeOver takeOver;
    private final ResumeRefusals refusals;

    /** Why a client may not resume. */
    private enum Refusal {
        NONE,
        ABANDONED,
        UNKNOWN,
        BUSY,
        LATE
    }

    /**
     * Creates the handler of a session.
     *
     * @param session its id, for log lines
     * @param context what all sessions of the server share
     * @param engine of the session
     * @param connections of the session that this server holds
     * @param links of the session
     * @param deliveries of the session
     * @param welcome answers clients
     * @param presence follows lost sockets
     * @param tombstones know how connections ended
     * @param state of the session, read only
     * @param project counts the project's connections
     * @param orphans ends connections that no server holds
     * @param reconciler takes links over
     */
    public ResumeHandler(
            SessionId session,
            SessionContext context,
            SessionEngine engine,
            LocalConnections connections,
            LinkBroker links,
            Deliveries deliveries,
            Welcome welcome,
            Presence presence,
            DisconnectTombstones tombstones,
            LoggedState state,
            ProjectLoad.Share project,
            Orphans orphans,
            LinkReconciler reconciler) {
        this.session = session;
        this.context = context;
        this.engine = engine;
        this.connections = connections;
        this.links = links;
        this.deliveries = deliveries;
        this.welcome = welcome;
        this.presence = presence;
        this.state = state;
        this.orphans = orphans;
        this.reconciler = reconciler;
        this.takeOver = new TakeOver(session, context, engine, connections, project, reconciler);
        this.refusals = new ResumeRefusals(session, context, engine, welcome, tombstones);
    }

    /**
     * Gives a connection a new socket, or refuses and closes the socket.
     *
     * @param request what the client sent
     * @param outbox of the new socket
     * @param address of the client
     * @param left whether the client has asked to leave since
     * @param established called when the connection has the socket, before the client is answered
     */
    public void resume(
            ClientMessage.Resume request,
            Outbox outbox,
            ClientAddress address,
            BooleanSupplier left,
            Consumer<ClientConnection> established) {
        if (engine.isShared() && context.nodes().writableMillis() == 0) {
            refusals.logUnreachable(outbox, request);
            return;
        }
        ClientConnection held = connections.find(request.connectionId());
        if (!engine.isShared() || (held != null && held.keys().open(request.resumeKey()))) {
            submit(new Resume(request, outbox, address, left, established));
            return;
        }
        engine.log()
                .sync(() -> engine.log()
                        .fetch(request.connectionId(), state.streamsOf(request.connectionId()), read -> {
                            if (read) {
                                releaseIfTaken(request.connectionId());
                                submit(new Resume(request, outbox, address, left, established));
                            } else {
                                refusals.logUnreachable(outbox, request);
                            }
                        }));
    }

    /** Another server had the connection since, and the notice of that was lost. */
    private void releaseIfTaken(ConnectionId connection) {
        boolean taken = engine.records()
                .connection(connection)
                .filter(record -> record.epoch() != engine.epoch())
                .isPresent();
        if (taken && connections.find(connection) != null) {
            engine.released(connection);
        }
    }

    private void submit(Resume resume) {
        if (!engine.offer(resume)) {
            refusals.sessionBusy(resume.outbox, resume.request);
        }
    }

    /** One attempt of a client to resume. */
    private final class Resume extends Operation {
        private final ClientMessage.Resume request;
        private final Outbox outbox;
        private final ClientAddress address;
        private final BooleanSupplier left;
        private final Consumer<ClientConnection> established;
        private final String newKey = Ids.resumeKey();
        private TakeOver.@Nullable Candidate taken;
        private @Nullable ClientConnection connection;
        private Refusal refusal = Refusal.NONE;
        private ClientCursor cursor;
        private boolean charged;
        private long waitMillis;

        Resume(
                ClientMessage.Resume request,
                Outbox outbox,
                ClientAddress address,
                BooleanSupplier left,
                Consumer<ClientConnection> established) {
            super(request.connectionId());
            this.request = request;
            this.outbox = outbox;
            this.address = address;
            this.left = left;
            this.established = established;
            this.cursor = new ClientCursor(request.sequence(), "");
        }

        /** Clients of a node that died return together, and many of them are taken over in one step. */
        @Override
        protected boolean mayFollow(Append batch) {
            return !batch.isAbout(request.connectionId());
        }

        @Override
        protected Decision decide(LoggedState state) {
            connection = connections.find(request.connectionId());
            taken = null;
            if (connection == null && engine.isShared()) {
                taken = takeOver.find(state, request, address);
                connection = taken == null ? null : taken.connection();
            }
            refusal = refusal();
            if (refusal != Refusal.NONE) {
                return Decision.Accepted.NOTHING;
            }
            cursor = ClientCursor.of(engine, request, taken != null);
            return engine.decide(state, new Command.Return(request.connectionId()));
        }

        @Override
        protected long ownerEpoch(long own) {
            return taken == null ? own : taken.record().epoch();
        }

        /**
         * A client that has lost its socket resumes at another server. Taking its connection over here would delay clients that still
         * wait. The connection of a client that has left must be taken over, because it ends here.
         */
        private Refusal refusal() {
            if (!outbox.isOpen() && !left.getAsBoolean()) {
                return Refusal.ABANDONED;
            }
            if (connection == null || (taken == null && !connection.keys().open(request.resumeKey()))) {
                return Refusal.UNKNOWN;
            }
            if (isBusy()) {
                return Refusal.BUSY;
            }
            long newest = engine.records()
                    .connection(request.connectionId())
                    .map(ConnectionRecord::lastResume)
                    .orElse(0L);
            return request.id() < newest ? Refusal.LATE : Refusal.NONE;
        }

        private boolean isBusy() {
            if (!charged) {
                charged = true;
                long longestWait = context.timings().resumeWindowMillis() / RESUME_TRIES;
                waitMillis = context.entries().resume(context.time().nanos(), longestWait);
            }
            return waitMillis > 0;
        }

        @Override
        protected void write(Decision decision, Append step) {
            if (refusal == Refusal.NONE) {
                step.record(new SideRecord.PutConnection(new ConnectionRecord(
                        request.connectionId(),
                        engine.epoch(),
                        request.id(),
                        ClientRecords.of(
                                engine,
                                Objects.requireNonNull(connection),
                                newKey,
                                request.resumeKey(),
                                cursor.origin()))));
            }
        }

        @Override
        protected void committed(Decision.Accepted accepted) {
            switch (refusal) {
                case ABANDONED -> refusals.abandoned(request);
                case UNKNOWN -> refusals.unknown(outbox, request);
                case BUSY -> refusals.serverBusy(outbox, request, waitMillis);
                case LATE -> refusals.late(outbox, request);
                case NONE -> closeOldSocket(Objects.requireNonNull(connection));
            }
        }

        private void closeOldSocket(ClientConnection resumed) {
            Outbox old = resumed.outbox();
            if (old != null) {
                deliveries.dismiss(old);
                deliveries.finish(old, null, CloseCode.REPLACED);
                resumed.detach(DisconnectDetail.REPLACED);
            }
        }

        @Override
        protected void applied(Decision.Accepted accepted) {
            if (refusal == Refusal.NONE) {
                ClientConnection resumed = Objects.requireNonNull(connection);
                if (taken != null) {
                    takeOver.hold(resumed);
                }
                welcomeBack(resumed);
                if (taken != null) {
                    reconciler.confirm(resumed);
                }
                if (engine.isShared()) {
                    engine.log().takeMail(resumed.id());
                }
            }
        }

        private void welcomeBack(ClientConnection resumed) {
            String key = newKey;
            resumed.attach(outbox, request.id(), request.resumeKey(), key);
            established.accept(resumed);
            Optional<List<LoggedEvent>> missed = cursor.missed(engine, state);
            Roster roster = missed.isPresent() ? null : welcome.roster(resumed);
            List<SequencedEvent> replay = cursor.replay(resumed, missed.orElse(List.of()));
            long sequence = roster != null
                    ? roster.sequence()
                    : replay.isEmpty()
                            ? request.sequence()
                            : replay.get(replay.size() - 1).sequence();
            welcome.resumed(resumed, outbox, request.id(), key, sequence, roster, links.linksOf(resumed.id()));
            replay.forEach(event -> connections.reply(resumed, event));
            links.reopen(resumed.id());
            connections.stopParking(resumed);
            resumed.takeParked().forEach(utf8 -> deliveries.send(outbox, utf8));
            deliveries.admit(outbox, resumed.wantsConnectionEvents());
            context.metrics().resumed();
            LOG.info(
                    "event=resumed session={} connection={} missed={}",
                    session,
                    resumed.id(),
                    missed.map(List::size).map(String::valueOf).orElse("roster"));
        }

        @Override
        protected void rejected(Decision.Rejected rejected) {
            welcome.refused(outbox, request.id(), rejected.code(), rejected.message());
        }

        /** The client tries again, and resumes at the server that has the connection. */
        @Override
        protected void fenced() {
            deliveries.finish(outbox, null, CloseCode.INTERNAL_ERROR);
        }

        /** The client tries again. */
        @Override
        protected void failed() {
            if (engine.isShared()) {
                refusals.logUnreachable(outbox, request);
            } else {
                deliveries.finish(outbox, null, CloseCode.INTERNAL_ERROR);
            }
        }

        /** If the return was logged after all, the connection is lost again. */
        @Override
        protected void recovered() {
            ClientConnection held = connections.find(request.connectionId());
            if (held != null && held.outbox() == null) {
                presence.submitLoss(held);
            } else if (held == null && engine.isShared()) {
                orphans.loseConnectionsOf(engine.epoch());
            }
        }
    }
}
