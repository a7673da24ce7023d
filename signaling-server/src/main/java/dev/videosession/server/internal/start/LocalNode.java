package dev.videosession.server.internal.start;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.cluster.ClusterSessions;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.socket.SocketPipeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions and sockets of this node, for the cluster. Thread-safe. */
final class LocalNode implements ClusterSessions {
    private final SessionRegistry sessions;
    private final SocketPipeline sockets;
    private final @Nullable RouterPool routers;
    private final int movesPerSecond;

    LocalNode(SessionRegistry sessions, SocketPipeline sockets, @Nullable RouterPool routers, int movesPerSecond) {
        this.sessions = sessions;
        this.routers = routers;
        this.sockets = sockets;
        this.movesPerSecond = movesPerSecond;
    }

    @Override
    public void abandonAll() {
        sessions.abandonAll();
    }

    @Override
    public void ownerDied(long epoch) {
        sessions.sessions().forEach(session -> session.ownerDied(epoch));
    }

    @Override
    public void ownerDied(SessionId session, long epoch) {
        sessions.find(session).ifPresent(found -> found.ownerDied(epoch));
    }

    @Override
    public boolean isRouterFull() {
        return routers != null && routers.isFull();
    }

    @Override
    public void announce(List<String> nodes) {
        sockets.announce(new ServerMessage.NodesChanged(nodes));
    }

    @Override
    public void sendAway(@Nullable List<String> nodes) {
        sockets.move(nodes, movesPerSecond);
    }
}
