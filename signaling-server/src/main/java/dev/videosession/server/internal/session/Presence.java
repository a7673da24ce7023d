package dev.videosession.server.internal.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.Roster;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.internal.state.SessionEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entering, losing the socket, coming back in time and not coming back. Belongs to the session's loop. */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final int RESUME_TRIES = 3;

    private final SessionEngine engine;
    private final LiveSession session;

    Presence(SessionEngine engine, LiveSession session) {
        this.engine = engine;
        this.session = session;
    }

    void enter(ClientConnection newcomer, ClientSocket socket, ClientMessage.Connect request) {
        Decision.Rejected rejected = join(newcomer);
        if (rejected != null) {
            engine.context.refusals().info(LOG, "refused", "session={} code={}", engine.id, rejected.code());
            refuse(socket, request.id(), rejected.code(), rejected.message());
            return;
        }
        String key = Ids.resumeKey();
        newcomer.attach(socket.outbox(), "", key);
        engine.connections.add(newcomer);
        engine.context.metrics().connected();
        socket.established(session, newcomer);
        ServerMessage.Connected connected = new ServerMessage.Connected(
                request.id(),
                newcomer.info(),
                newcomer.info().role().capabilities(),
                key,
                engine.rosters.of(newcomer),
                engine.context
                        .ice()
                        .serversFor(newcomer.id(), engine.context.time().instant()),
                engine.context.timings(),
                Feature.ALL);
        engine.deliveries.send(socket.outbox(), engine.rosters.encode(newcomer, connected));
        engine.deliveries.admit(socket.outbox(), newcomer.wantsConnectionEvents());
        LOG.info(
                "event=connected session={} connection={} role={} connections={}",
                engine.id,
                newcomer.id(),
                newcomer.info().role().wireName(),
                engine.state.connectionCount());
    }

    private Decision.@Nullable Rejected join(ClientConnection newcomer) {
        if (engine.context.revoked().contains(newcomer.pass().fingerprint())) {
            return new Decision.Rejected(
                    ErrorCode.AUTHENTICATION_ERROR, "the token was revoked, or its holder was banned");
        }
        if (!engine.project.enter()) {
            engine.context.metrics().refused(ErrorCode.CONNECTION_LIMIT_EXCEEDED);
            return new Decision.Rejected(
                    ErrorCode.CONNECTION_LIMIT_EXCEEDED,
                    "the project has " + engine.context.limits().connectionsPerProject()
                            + " connections, as many as it may have: try again later");
        }
        Decision.Rejected rejected = engine.commit(new Command.Join(newcomer.info(), newcomer.pass()));
        if (rejected != null) {
            engine.project.leave();
        }
        return rejected;
    }

    void lose(ClientConnection connection, DisconnectDetail detail) {
        Outbox outbox = connection.outbox();
        if (outbox == null) {
            return;
        }
        engine.deliveries.dismiss(outbox);
        connection.detach(detail);
        long window = engine.context.timings().resumeWindowMillis();
        if (window == 0) {
            giveUp(connection);
            return;
        }
        LOG.info("event=lost session={} connection={} detail={}", engine.id, connection.id(), detail.wireName());
        engine.connections.startParking(connection, () -> session.execute(() -> giveUpIfLost(connection)));
        engine.commit(new Command.Lose(connection.id()));
        scheduleGiveUp(connection, detail, window);
    }

    /** While this process stood still nobody could come back. */
    private void scheduleGiveUp(ClientConnection connection, DisconnectDetail detail, long millis) {
        long loss = connection.currentLoss();
        TimeSource time = engine.context.time();
        long wait = TimeUnit.MILLISECONDS.toNanos(millis);
        long due = time.nanos() + wait;
        session.schedule(
                () -> {
                    long stallMillis = TimeUnit.NANOSECONDS.toMillis(Stall.nanos(due, time.nanos()));
                    if (connection.currentLoss() != loss) {
                        return;
                    }
                    if (stallMillis > 0) {
                        scheduleGiveUp(connection, detail, Math.min(stallMillis, millis));
                    } else {
                        giveUp(connection);
                    }
                },
                wait);
    }

    private void giveUpIfLost(ClientConnection connection) {
        if (connection.outbox() == null) {
            giveUp(connection);
        }
    }

    void giveUp(ClientConnection connection) {
        if (engine.connections.holds(connection)) {
            engine.commit(new Command.Leave(
                    connection.id(), DisconnectReason.NETWORK_DISCONNECTED, connection.lossDetail(), null));
        }
    }

    void resume(ClientSocket socket, ClientMessage.Resume request) {
        ClientConnection connection = engine.connections.find(request.connectionId());
        if (connection == null || !connection.keys().open(request.resumeKey())) {
            if (!session.replayDisconnect(socket, request)) {
                engine.context
                        .refusals()
                        .info(LOG, "refused", "session={} code={}", engine.id, ErrorCode.UNKNOWN_RESUME);
                engine.context.metrics().refused(ErrorCode.UNKNOWN_RESUME);
                refuse(socket, request.id(), ErrorCode.UNKNOWN_RESUME, "there is nothing to resume: connect anew");
            }
            return;
        }
        long wait = engine.context
                .entries()
                .resume(engine.context.time().nanos(), engine.context.timings().resumeWindowMillis() / RESUME_TRIES);
        if (wait > 0) {
            engine.context.metrics().refused(ErrorCode.CONNECT_FAILED);
            ServerMessage busy = ServerMessage.Failed.of(
                    request.id(), ErrorCode.CONNECT_FAILED, "too many clients at once: try again later", wait);
            engine.deliveries.finish(socket.outbox(), engine.encode(busy), CloseCode.REFUSED);
            return;
        }
        if (!connection.resumes(request.id())) {
            engine.context
                    .refusals()
                    .info(LOG, "refused", "session={} connection={} cause=lateResume", engine.id, connection.id());
            refuse(socket, request.id(), ErrorCode.INVALID_PARAMETER, "a later resume has succeeded");
            return;
        }
        Outbox replaced = connection.outbox();
        if (replaced != null) {
            engine.deliveries.dismiss(replaced);
            engine.deliveries.finish(replaced, null, CloseCode.REPLACED);
            connection.detach(DisconnectDetail.REPLACED);
        }
        Optional<List<SessionLog.Entry>> missed = engine.log.read(request.sequence());
        engine.commit(new Command.Return(connection.id()));
        String key = Ids.resumeKey();
        connection.attach(socket.outbox(), request.resumeKey(), key);
        socket.established(session, connection);
        Roster roster = missed.isPresent() ? null : engine.rosters.of(connection);
        List<SessionLog.Entry> replay = missed.orElse(List.of()).stream()
                .filter(entry -> concerns(connection, entry.event()))
                .toList();
        List<LinkId> links = engine.links.linksOf(connection.id());
        engine.deliveries.send(
                socket.outbox(),
                engine.rosters.encode(
                        connection,
                        new ServerMessage.Resumed(
                                request.id(),
                                key,
                                roster == null ? lastOf(replay, request.sequence()) : engine.state.sequence(),
                                roster,
                                engine.context
                                        .ice()
                                        .serversFor(
                                                connection.id(),
                                                engine.context.time().instant()),
                                links)));
        replay.forEach(entry -> send(socket, entry.event().toWire(entry.sequence())));
        engine.links.reopen(connection.id());
        engine.connections.stopParking(connection);
        connection.takeParked().forEach(utf8 -> engine.deliveries.send(socket.outbox(), utf8));
        engine.deliveries.admit(socket.outbox(), connection.wantsConnectionEvents());
        engine.context.metrics().resumed();
        LOG.info(
                "event=resumed session={} connection={} missed={}",
                engine.id,
                connection.id(),
                missed.map(List::size).map(String::valueOf).orElse("roster"));
    }

    /** Nobody is told of his own loss and return, nor of his own coming. */
    private static boolean concerns(ClientConnection connection, SessionEvent event) {
        if (event instanceof SessionEvent.ConnectionCreated e && e.connection().equals(connection.info())) {
            return false;
        }
        if (event instanceof SessionEvent.ConnectionReconnecting e
                && e.connectionId().equals(connection.id())) {
            return false;
        }
        if (event instanceof SessionEvent.ConnectionReconnected e
                && e.connectionId().equals(connection.id())) {
            return false;
        }
        return !event.isAboutConnection() || connection.wantsConnectionEvents();
    }

    /** The last event that the client will be sent, so that it knows when it is up to date. */
    private static long lastOf(List<SessionLog.Entry> replay, long seen) {
        return replay.isEmpty() ? seen : replay.get(replay.size() - 1).sequence();
    }

    private void refuse(ClientSocket socket, long id, ErrorCode code, String message) {
        byte[] failed = engine.encode(ServerMessage.Failed.of(id, code, message));
        engine.deliveries.finish(socket.outbox(), failed, CloseCode.REFUSED);
    }

    private void send(ClientSocket socket, ServerMessage message) {
        engine.deliveries.send(socket.outbox(), engine.encode(message));
    }
}
