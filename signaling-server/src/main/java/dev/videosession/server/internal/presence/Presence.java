package dev.videosession.server.internal.presence;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.rules.Command;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lost sockets: a connection waits for its client for the resume window and ends then. Belongs to the session's loop. */
public final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final SessionId session;
    private final SessionEngine engine;
    private final SessionExecutor loop;
    private final LocalConnections connections;
    private final Deliveries deliveries;
    private final TimeSource time;
    private final ResumeWindow window;

    /**
     * Creates the presence of a session.
     *
     * @param session its id, for log lines
     * @param engine of the session
     * @param loop of the session
     * @param connections of the session that this server holds
     * @param deliveries of the session
     * @param time the monotonic clock
     * @param nodes of the server
     * @param windowMillis how long a client may take to resume, in milliseconds; 0 if it cannot
     */
    public Presence(
            SessionId session,
            SessionEngine engine,
            SessionExecutor loop,
            LocalConnections connections,
            Deliveries deliveries,
            TimeSource time,
            NodeDirectory nodes,
            long windowMillis) {
        this.session = session;
        this.engine = engine;
        this.loop = loop;
        this.connections = connections;
        this.deliveries = deliveries;
        this.time = time;
        this.window = new ResumeWindow(loop, nodes, windowMillis);
    }

    /**
     * Closes the socket of a connection after a failure of the server. Its client resumes, and sends again the requests that
     * were not answered.
     *
     * @param connection the connection; nothing happens if it has no socket or has ended
     */
    public void restartSocket(ClientConnection connection) {
        Outbox outbox = connection.outbox();
        if (outbox != null && connections.holds(connection)) {
            deliveries.finish(outbox, null, CloseCode.INTERNAL_ERROR);
            connection.restart();
            lose(connection, DisconnectDetail.SOCKET_LOST);
        }
    }

    /**
     * Detaches a lost socket from its connection.
     *
     * @param connection the connection
     * @param detail how the socket was lost
     */
    public void lose(ClientConnection connection, DisconnectDetail detail) {
        Outbox outbox = connection.outbox();
        if (outbox == null) {
            return;
        }
        deliveries.dismiss(outbox);
        connection.detach(detail);
        if (window.millis() == 0) {
            giveUp(connection);
            return;
        }
        LOG.info(
                "event=lost session={} connection={} detail={} address={}",
                session,
                connection.id(),
                detail.wireName(),
                connection.address().host().getHostAddress());
        connections.startParking(connection, () -> loop.execute(() -> giveUpIfLost(connection)));
        submitLoss(connection);
        scheduleGiveUp(connection, window.millis());
    }

    /**
     * Logs that a connection is without a socket, unless the log says so already.
     *
     * @param connection the connection; nothing happens if it has a socket again when this is decided
     */
    void submitLoss(ClientConnection connection) {
        long loss = connection.currentLoss();
        submit(connection, new Command.Lose(connection.id()), () -> connection.currentLoss() == loss);
    }

    /** While this process was suspended no client could resume: that time does not count. */
    private void scheduleGiveUp(ClientConnection connection, long millis) {
        long loss = connection.currentLoss();
        long wait = TimeUnit.MILLISECONDS.toNanos(millis);
        long due = time.nanos() + wait;
        Runnable task = () -> {
            long stallMillis = TimeUnit.NANOSECONDS.toMillis(Stall.nanos(due, time.nanos()));
            if (connection.currentLoss() != loss) {
                return;
            }
            long missing = window.missingMillis();
            if (stallMillis > 0 || missing > 0) {
                scheduleGiveUp(connection, Math.max(missing, Math.min(stallMillis, millis)));
            } else {
                giveUp(connection);
            }
        };
        var unused = loop.schedule(task, wait);
    }

    private void giveUpIfLost(ClientConnection connection) {
        if (connection.outbox() == null) {
            giveUp(connection);
        }
    }

    private void giveUp(ClientConnection connection) {
        long loss = connection.currentLoss();
        end(
                connection,
                DisconnectReason.NETWORK_DISCONNECTED,
                connection.lossDetail(),
                null,
                () -> connection.currentLoss() == loss);
    }

    /**
     * Ends a connection.
     *
     * @param connection the connection; nothing happens if it has ended
     * @param reason why
     * @param detail the cause behind the reason
     * @param message for its user, or null
     * @param stillApplies asked when the end is decided; nothing happens if it says no
     */
    public void end(
            ClientConnection connection,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            BooleanSupplier stillApplies) {
        submit(connection, new Command.Leave(connection.id(), reason, detail, message), stillApplies);
    }

    private void submit(ClientConnection connection, Command command, BooleanSupplier stillApplies) {
        engine.submit(new ConnectionOperation(engine, connections, connection, command, stillApplies));
    }
}
