package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.presence.IdleWatch;
import dev.videosession.server.internal.presence.Presence;
import dev.videosession.server.internal.rules.RosterBounds;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;

/** The policy of one session: what its rules are, and when a connection that does nothing is ended. Belongs to the session's loop. */
final class AppliedPolicy {
    private final ServerLimits limits;
    private final SessionEngine engine;
    private final IdleWatch idle;
    private final LocalConnections connections;
    private final Presence presence;

    AppliedPolicy(
            ServerLimits limits,
            SessionEngine engine,
            IdleWatch idle,
            LocalConnections connections,
            Presence presence) {
        this.limits = limits;
        this.engine = engine;
        this.idle = idle;
        this.connections = connections;
        this.presence = presence;
    }

    /** {@return the rules of a session whose policy is not yet known} */
    static SessionRules initialRules(ServerLimits limits) {
        return rules(limits, false);
    }

    private static SessionRules rules(ServerLimits limits, boolean closesWithLastModerator) {
        return new SessionRules(
                limits.connectionsPerSession(),
                limits.streamsPerConnection(),
                new RosterBounds(
                        limits.connectionsPerToken(),
                        limits.rosterBytesPerConnection(),
                        limits.rosterBytesPerSession()),
                closesWithLastModerator);
    }

    /** Follows another policy from now on. */
    void apply(SessionPolicy policy) {
        engine.use(rules(limits, policy.closesWithLastModerator()));
        idle.limit(policy.idleMillis(), this::evict);
    }

    private void evict(ConnectionId idleConnection) {
        ClientConnection connection = connections.find(idleConnection);
        if (connection != null) {
            presence.end(
                    connection,
                    DisconnectReason.FORCE_DISCONNECTED,
                    DisconnectDetail.IDLE,
                    "neither published nor subscribed for too long",
                    () -> idle.isIdle(idleConnection));
        }
    }
}
