package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.ClusterListener;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.presence.LinkReconciler;
import dev.videosession.server.internal.presence.Orphans;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What other servers do to the connections of one session that this server holds. Belongs to the session's loop. */
final class OtherServers implements ClusterListener {
    private final SessionEngine engine;
    private final LoggedState state;
    private final LocalConnections connections;
    private final LinkBroker links;
    private final @Nullable SharedRouterLease routerLease;
    private final Orphans orphans;
    private final LinkReconciler reconciler;
    private final Runnable reopen;

    /**
     * Follows the other servers of a session.
     *
     * @param routerLease of a routed session, or null
     * @param reopen closes this server's copy of the session and reads the log anew
     */
    OtherServers(
            SessionEngine engine,
            LoggedState state,
            LocalConnections connections,
            LinkBroker links,
            @Nullable SharedRouterLease routerLease,
            Orphans orphans,
            LinkReconciler reconciler,
            Runnable reopen) {
        this.engine = engine;
        this.state = state;
        this.connections = connections;
        this.links = links;
        this.routerLease = routerLease;
        this.orphans = orphans;
        this.reconciler = reconciler;
        this.reopen = reopen;
    }

    /** This server has dropped its copy before if it owns connections or the lease of the router already. */
    @Override
    public void opened() {
        if (state.connectionCount() > 0) {
            orphans.loseConnectionsOf(engine.epoch());
            if (routerLease != null) {
                routerLease.opened();
            }
        }
    }

    @Override
    public void message(ConnectionId to, ServerMessage message) {
        links.remote().arrived(to, message);
        if (message instanceof ServerMessage.LinkOpened opened && !mayExist(opened)) {
            engine.log().sync(() -> closeIfEnded(opened));
        }
    }

    @Override
    public void mailed(ConnectionId to, int bytes) {
        ClientConnection connection = connections.find(to);
        if (connection == null) {
            return; // its next owner takes the message
        }
        if (connection.isReachable()) {
            engine.log().takeMail(to);
        } else {
            connections.countWaiting(connection, bytes);
        }
    }

    @Override
    public boolean mail(ConnectionId to, ServerMessage message) {
        ClientConnection connection = connections.find(to);
        if (connection == null || !connection.isReachable()) {
            return false;
        }
        message(to, message);
        return true;
    }

    /** The message may have been delayed until its subscriber or stream has ended, or this server may not know of them yet. */
    private void closeIfEnded(ServerMessage.LinkOpened opened) {
        if (state.stream(opened.streamId()) == null) {
            links.streamEnded(opened.streamId());
        } else if (!mayExist(opened)) {
            links.connectionEnded(opened.subscriber());
        }
    }

    private boolean mayExist(ServerMessage.LinkOpened opened) {
        ConnectionId subscriber = opened.subscriber();
        return state.stream(opened.streamId()) != null
                && (subscriber.equals(ServerMessage.LinkOpened.ROUTER) || state.connection(subscriber) != null);
    }

    @Override
    public Link actual(Link recorded) {
        return links.actual(recorded);
    }

    @Override
    public void released() {
        if (routerLease != null) {
            routerLease.connectionReleased();
        }
    }

    @Override
    public void given(ConnectionId connection) {
        if (routerLease != null && connection.equals(ServerMessage.LinkOpened.ROUTER)) {
            routerLease.given();
        }
    }

    @Override
    public void missedMessages(Runnable then) {
        engine.log().owners(owners -> {
            if (owners == null) {
                then.run();
                return;
            }
            if (routerLease != null) {
                routerLease.check(owners.get(ServerMessage.LinkOpened.ROUTER));
            }
            checkOwners(owners, then);
        });
    }

    /** Records are read in this order: connections that are elsewhere are released before links of the others are compared. */
    private void checkOwners(Map<ConnectionId, Long> owners, Runnable then) {
        List<ClientConnection> own = new ArrayList<>();
        List<ClientConnection> elsewhere = new ArrayList<>();
        for (ClientConnection connection : connections.all()) {
            Long owner = owners.get(connection.id());
            (owner == null || owner == engine.epoch() ? own : elsewhere).add(connection);
        }
        ConnectionChecks last = new ConnectionChecks(own, this::checkOwn, then);
        new ConnectionChecks(elsewhere, this::checkRecord, last::start).start();
    }

    private void checkOwn(ClientConnection connection, Runnable then) {
        if (!connections.holds(connection)) {
            then.run();
            return;
        }
        if (connection.isReachable()) {
            engine.log().takeMail(connection.id());
        }
        reconciler.renew(connection, then);
    }

    private void checkRecord(ClientConnection connection, Runnable then) {
        engine.log().fetch(connection.id(), state.streamsOf(connection.id()), read -> {
            try {
                if (read && connections.holds(connection)) {
                    releaseUnlessOwned(connection);
                }
            } finally {
                then.run();
            }
        });
    }

    private void releaseUnlessOwned(ClientConnection connection) {
        boolean elsewhere = engine.records()
                .connection(connection.id())
                .filter(record -> record.epoch() != engine.epoch())
                .isPresent();
        if (elsewhere) {
            engine.released(connection.id());
        }
    }

    @Override
    public void diverged() {
        reopen.run();
    }
}
