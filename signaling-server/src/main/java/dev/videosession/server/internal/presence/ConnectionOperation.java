package dev.videosession.server.internal.presence;

import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import java.util.function.BooleanSupplier;

/**
 * What this server decides about one of its connections: that its socket was lost, or that it ends. No client waits for the
 * outcome, and so it is tried again after a failure of the log.
 */
public final class ConnectionOperation extends Operation {
    private final SessionEngine engine;
    private final LocalConnections connections;
    private final ClientConnection connection;
    private final Command command;
    private final BooleanSupplier stillApplies;

    /**
     * Creates an operation.
     *
     * @param engine of the session
     * @param connections of the session that this server holds
     * @param connection the connection; nothing happens if it has ended meanwhile
     * @param command about the connection
     * @param stillApplies asked when the command is decided; nothing happens if it says no. What other connections do must not
     *     make it true or false
     */
    public ConnectionOperation(
            SessionEngine engine,
            LocalConnections connections,
            ClientConnection connection,
            Command command,
            BooleanSupplier stillApplies) {
        super(connection.id());
        this.engine = engine;
        this.connections = connections;
        this.connection = connection;
        this.command = command;
        this.stillApplies = stillApplies;
    }

    /** The condition is about this connection only. */
    @Override
    protected boolean mayFollow(Append batch) {
        return !batch.isAbout(connection.id());
    }

    @Override
    protected Decision decide(LoggedState state) {
        return connections.holds(connection) && stillApplies.getAsBoolean()
                ? engine.decide(state, command)
                : Decision.Accepted.NOTHING;
    }

    @Override
    protected void recovered() {
        engine.submit(this);
    }
}
