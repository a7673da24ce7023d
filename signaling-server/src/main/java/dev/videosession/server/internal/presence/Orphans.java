package dev.videosession.server.internal.presence;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import java.util.concurrent.TimeUnit;

/**
 * Connections whose server is dead: they are lost, and end after the resume window unless their clients resume at another
 * server. Every server may do this, and one does: the log refuses it if the connection has a new owner. Belongs to the session's
 * loop.
 */
public final class Orphans {
    private final SessionEngine engine;
    private final SessionExecutor loop;
    private final LocalConnections connections;
    private final ResumeWindow window;
    private int pending;

    /**
     * Creates the watch of a session.
     *
     * @param engine of the session
     * @param loop of the session
     * @param connections of the session that this server holds
     * @param nodes of the server
     * @param windowMillis how long a client may take to resume, in milliseconds
     */
    public Orphans(
            SessionEngine engine,
            SessionExecutor loop,
            LocalConnections connections,
            NodeDirectory nodes,
            long windowMillis) {
        this.engine = engine;
        this.loop = loop;
        this.connections = connections;
        this.window = new ResumeWindow(loop, nodes, windowMillis);
    }

    /**
     * Looks for the connections of a server that holds none any more.
     *
     * @param dead the number under which it owned them
     */
    public void loseConnectionsOf(long dead) {
        pending++;
        engine.log().owners(owners -> {
            pending--;
            if (owners == null) {
                retryLater(dead);
                return;
            }
            owners.forEach((connection, epoch) -> {
                if (epoch == dead && connections.find(connection) == null) {
                    lose(connection, dead);
                }
            });
        });
    }

    private void retryLater(long dead) {
        pending++;
        var unused = loop.schedule(
                () -> {
                    pending--;
                    loseConnectionsOf(dead);
                },
                TimeUnit.SECONDS.toNanos(1));
    }

    private void lose(ConnectionId connection, long dead) {
        engine.submit(new CleanUp(connection, dead, new Command.Lose(connection)));
        pending++;
        window.begin(() -> {
            pending--;
            engine.submit(new CleanUp(
                    connection,
                    dead,
                    new Command.Leave(
                            connection, DisconnectReason.NETWORK_DISCONNECTED, DisconnectDetail.SOCKET_LOST, null)));
        });
    }

    /** {@return whether a connection is watched, so that the session must not be closed here} */
    public boolean isWatching() {
        return pending > 0;
    }

    /** Done in place of the connection's owner, unless it has another one by now. */
    private final class CleanUp extends Operation {
        private final ConnectionId connection;
        private final long dead;
        private final Command command;

        CleanUp(ConnectionId connection, long dead, Command command) {
            super(connection);
            this.connection = connection;
            this.dead = dead;
            this.command = command;
        }

        @Override
        protected long ownerEpoch(long own) {
            return dead;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return !batch.isAbout(connection);
        }

        @Override
        protected Decision decide(LoggedState state) {
            return state.connection(connection) != null && connections.find(connection) == null
                    ? engine.decide(state, command)
                    : Decision.Accepted.NOTHING;
        }

        @Override
        protected void recovered() {
            engine.submit(this);
        }
    }
}
