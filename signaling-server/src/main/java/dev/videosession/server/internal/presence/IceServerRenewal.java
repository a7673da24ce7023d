package dev.videosession.server.internal.presence;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.state.EndVisitor;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.settings.IceConfiguration;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ICE servers of the connections of a session. Sends new ones to a client when 70 to 80 % of the lifetime of its TURN credentials
 * have passed; a client without a socket gets them when it resumes. Belongs to the session's loop.
 */
public final class IceServerRenewal {
    private static final double EARLIEST = 0.7;
    private static final double SPREAD = 0.1;
    private static final int STEPS = 1 << 10;

    private final IceConfiguration ice;
    private final SessionExecutor loop;
    private final TimeSource time;
    private final LocalConnections connections;
    private final LoggedEvent.Visitor<Void> follower = new Follower();
    private final Map<ConnectionId, Future<?>> timers = new HashMap<>();

    /**
     * Creates the renewal of a session.
     *
     * @param ice servers for clients
     * @param loop of the session
     * @param time the wall clock, from which credentials for these servers are made
     * @param connections of the session that this server holds
     */
    public IceServerRenewal(IceConfiguration ice, SessionExecutor loop, TimeSource time, LocalConnections connections) {
        this.ice = ice;
        this.loop = loop;
        this.time = time;
        this.connections = connections;
    }

    /**
     * Creates the servers for a connection, and new ones before their credentials end.
     *
     * @param connection with a socket
     * @return the servers
     */
    List<IceServer> issue(ClientConnection connection) {
        if (connection.understands(Feature.ICE_SERVER_RENEWAL)) {
            ice.lifetime().ifPresent(lifetime -> renewAfter(wait(connection.id(), lifetime), connection));
        }
        return ice.serversFor(connection.id(), time.instant());
    }

    /** Ids are random, so clients that connected together are renewed at different times. */
    private static long wait(ConnectionId id, Duration lifetime) {
        double spread = SPREAD * Math.floorMod(id.hashCode(), STEPS) / STEPS;
        return (long) (lifetime.toNanos() * (EARLIEST + spread));
    }

    private void renewAfter(long nanos, ClientConnection connection) {
        Future<?> earlier = timers.put(connection.id(), loop.schedule(() -> renew(connection), nanos));
        if (earlier != null) {
            earlier.cancel(false);
        }
    }

    private void renew(ClientConnection connection) {
        timers.remove(connection.id());
        if (connections.holds(connection) && connection.outbox() != null) {
            connections.reply(connection, new ServerMessage.IceServersRenewed(issue(connection)));
        }
    }

    /**
     * Cancels the timers that an event ends.
     *
     * @param event an event that was applied to the state
     */
    public void follow(LoggedEvent event) {
        event.accept(follower);
    }

    /** Cancels the timer of a connection that has ended. */
    private final class Follower extends EndVisitor {
        @Override
        protected void connectionEnded(LoggedEvent.ConnectionDestroyed event) {
            Future<?> timer = timers.remove(event.connectionId());
            if (timer != null) {
                timer.cancel(false);
            }
        }

        @Override
        protected void streamEnded(LoggedEvent.StreamDestroyed event) {
            // only connections have timers
        }
    }
}
