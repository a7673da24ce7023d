package dev.videosession.server.internal.presence;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ClientRecord;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.EndRecord;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private static final long RETRY_MILLIS = 1000;

    private final SessionId session;
    private final SessionContext context;
    private final SessionEngine engine;
    private final LocalConnections connections;
    private final LinkBroker links;
    private final Deliveries deliveries;
    private final Welcome welcome;
    private final Presence presence;
    private final DisconnectTombstones tombstones;
    private final LoggedState state;
    private final ProjectLoad.Share project;
    private final Orphans orphans;
    private final LinkReconciler reconciler;

    /** Why a client may not resume. */
    private enum Refusal {
        NONE,
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
        this.tombstones = tombstones;
        this.state = state;
        this.project = project;
        this.orphans = orphans;
        this.reconciler = reconciler;
    }

    /**
     * Gives a connection a new socket, or refuses and closes the socket.
     *
     * @param request what the client sent
     * @param outbox of the new socket
     * @param address of the client
     * @param established called when the connection has the socket, before the client is answered
     */
    public void resume(
            ClientMessage.Resume request,
            Outbox outbox,
            ClientAddress address,
            Consumer<ClientConnection> established) {
        if (engine.isShared() && context.nodes().writableMillis() == 0) {
            refuseForNow(outbox, request);
            return;
        }
        ClientConnection held = connections.find(request.connectionId());
        if (!engine.isShared() || (held != null && held.keys().open(request.resumeKey()))) {
            submit(new Resume(request, outbox, address, established));
            return;
        }
        engine.log()
                .sync(() -> engine.log()
                        .fetch(request.connectionId(), state.streamsOf(request.connectionId()), read -> {
                            if (read) {
                                releaseIfTaken(request.connectionId());
                                submit(new Resume(request, outbox, address, established));
                            } else {
                                refuseForNow(outbox, request);
                            }
                        }));
    }

    /** The client asks again as long as it gets this answer. */
    private void refuseForNow(Outbox outbox, ClientMessage.Resume request) {
        welcome.refusedForNow(outbox, request.id(), "The session's log cannot be reached. Try again.", RETRY_MILLIS);
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
            welcome.refusedForNow(
                    resume.outbox, resume.request.id(), "The session is too busy. Try again later.", RETRY_MILLIS);
        }
    }

    private final class Resume extends Operation {
        private final ClientMessage.Resume request;
        private final Outbox outbox;
        private final ClientAddress address;
        private final Consumer<ClientConnection> established;
        private final String newKey = Ids.resumeKey();
        private @Nullable ConnectionRecord taken;
        private @Nullable ClientConnection connection;
        private Refusal refusal = Refusal.NONE;
        private String cursorOrigin = "";
        private boolean charged;
        private long waitMillis;

        Resume(
                ClientMessage.Resume request,
                Outbox outbox,
                ClientAddress address,
                Consumer<ClientConnection> established) {
            super(request.connectionId());
            this.request = request;
            this.outbox = outbox;
            this.address = address;
            this.established = established;
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
                connection = takeOver(state);
            }
            refusal = refusal();
            if (refusal != Refusal.NONE) {
                return Decision.Accepted.NOTHING;
            }
            cursorOrigin = cursorOrigin();
            return engine.decide(state, new Command.Return(request.connectionId()));
        }

        /** {@return the connection of another server as it will be here, or null if its client may not resume it} */
        private @Nullable ClientConnection takeOver(LoggedState current) {
            ConnectionInfo info = current.connection(request.connectionId());
            TokenPass pass = current.pass(request.connectionId());
            ConnectionRecord record =
                    engine.records().connection(request.connectionId()).orElse(null);
            ClientRecord client = record == null ? null : record.client();
            if (info == null || pass == null || client == null || !client.isOpenedBy(request.resumeKey())) {
                return null;
            }
            taken = record;
            MessageThrottle throttle =
                    new MessageThrottle(context.limits(), context.time().nanos());
            return new ClientConnection(info, pass, client.connectionEvents(), client.features(), throttle, address);
        }

        /**
         * {@return where the client's cursor was read from} A client that has the newest key of a connection of this server has it
         * from the log that this server reads.
         */
        private String cursorOrigin() {
            String own = Objects.requireNonNullElse(engine.log().origin(), "");
            ConnectionRecord record =
                    engine.records().connection(request.connectionId()).orElse(null);
            ClientRecord client = record == null ? null : record.client();
            if (client == null || (taken == null && client.isNewest(request.resumeKey()))) {
                return own;
            }
            return client.originOf(request.resumeKey());
        }

        /** {@return the events after the client's cursor up to those that are applied, or empty if it needs a roster} */
        private Optional<List<LoggedEvent>> missed() {
            long count = state.sequence() - request.sequence();
            String own = Objects.requireNonNullElse(engine.log().origin(), "");
            return count < 0 || !cursorOrigin.equals(own)
                    ? Optional.empty()
                    : engine.read(request.sequence()).map(events -> events.subList(0, (int) count));
        }

        @Override
        protected long ownerEpoch(long own) {
            return taken == null ? own : taken.epoch();
        }

        private Refusal refusal() {
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
                                cursorOrigin))));
            }
        }

        @Override
        protected void committed(Decision.Accepted accepted) {
            switch (refusal) {
                case UNKNOWN -> refuseUnknown();
                case BUSY -> {
                    context.metrics().refused(ErrorCode.CONNECT_FAILED);
                    String message = "Too many clients connect at once. Try again later.";
                    welcome.refusedForNow(outbox, request.id(), message, waitMillis);
                }
                case LATE -> {
                    context.refusals()
                            .info(
                                    LOG,
                                    "refused",
                                    "session={} connection={} cause=lateResume",
                                    session,
                                    request.connectionId());
                    String message = "A later resume has succeeded.";
                    welcome.refused(outbox, request.id(), ErrorCode.INVALID_PARAMETER, message);
                }
                case NONE -> closeOldSocket(Objects.requireNonNull(connection));
            }
        }

        private void refuseUnknown() {
            Optional<DisconnectTombstones.Tombstone> ended =
                    tombstones.find(request.connectionId(), request.resumeKey());
            if (ended.isPresent()) {
                welcome.ended(outbox, ended.get());
            } else if (engine.isShared()) {
                // it may have ended since its records were read
                engine.log().fetch(request.connectionId(), List.of(), read -> {
                    if (read) {
                        refuseEnded();
                    } else {
                        refuseForNow(outbox, request);
                    }
                });
            } else {
                refuseEnded();
            }
        }

        private void refuseEnded() {
            Optional<EndRecord> elsewhere = engine.records()
                    .end(request.connectionId())
                    .filter(end -> end.client().isOpenedBy(request.resumeKey()));
            if (elsewhere.isPresent()) {
                ServerMessage.Disconnected last = elsewhere.get().message();
                welcome.ended(outbox, new DisconnectTombstones.Tombstone(last, CloseCode.of(last.detail())));
                return;
            }
            context.refusals().info(LOG, "refused", "session={} code={}", session, ErrorCode.UNKNOWN_RESUME);
            context.metrics().refused(ErrorCode.UNKNOWN_RESUME);
            String message = "There is nothing to resume. Connect again.";
            welcome.refused(outbox, request.id(), ErrorCode.UNKNOWN_RESUME, message);
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
                    hold(resumed);
                }
                welcomeBack(resumed);
                if (taken != null) {
                    links.remote().reopenAtRouter(resumed.id());
                    reconciler.confirm(resumed);
                }
                if (engine.isShared()) {
                    engine.log().takeMail(resumed.id());
                }
            }
        }

        private void hold(ClientConnection takenOver) {
            project.take();
            connections.add(takenOver);
            context.metrics().connected();
            context.metrics().takenOver();
            reconciler.takeOver(takenOver);
            LOG.info("event=takeOver session={} connection={}", session, takenOver.id());
        }

        private void welcomeBack(ClientConnection resumed) {
            String key = newKey;
            resumed.attach(outbox, request.resumeKey(), key);
            established.accept(resumed);
            Optional<List<LoggedEvent>> missed = missed();
            Roster roster = missed.isPresent() ? null : welcome.roster(resumed);
            List<SequencedEvent> replay = replay(resumed, missed.orElse(List.of()));
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

        private List<SequencedEvent> replay(ClientConnection resumed, List<LoggedEvent> missed) {
            List<SequencedEvent> replay = new ArrayList<>();
            ReplayFilter filter = new ReplayFilter(resumed.id(), resumed.wantsConnectionEvents());
            long sequence = request.sequence();
            for (LoggedEvent event : missed) {
                sequence++;
                if (event.accept(filter)) {
                    replay.add(event.toWire(sequence));
                }
            }
            return replay;
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
                refuseForNow(outbox, request);
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
