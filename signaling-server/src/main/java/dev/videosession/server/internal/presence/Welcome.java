package dev.videosession.server.internal.presence;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.DisconnectTombstones;
import dev.videosession.server.internal.effect.RosterCache;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The replies to {@code connect} and {@code resume}. Belongs to the session's loop. */
public final class Welcome {
    private final MessageCodec codec;
    private final Deliveries deliveries;
    private final RosterCache rosters;
    private final IceServerRenewal ice;
    private final Timings timings;
    private final List<String> features;
    private final NodeDirectory nodes;

    /**
     * Creates the replies of a session.
     *
     * @param codec encodes messages
     * @param deliveries of the session
     * @param rosters of the session
     * @param ice servers for clients
     * @param timings for clients
     * @param routed whether the links of the session go through a media router
     * @param nodes of the server
     */
    public Welcome(
            MessageCodec codec,
            Deliveries deliveries,
            RosterCache rosters,
            IceServerRenewal ice,
            Timings timings,
            boolean routed,
            NodeDirectory nodes) {
        this.codec = codec;
        this.deliveries = deliveries;
        this.rosters = rosters;
        this.ice = ice;
        this.timings = timings;
        this.features = routed ? Feature.ROUTED : Feature.ALL;
        this.nodes = nodes;
    }

    void connected(ClientConnection connection, Outbox outbox, long requestId, String resumeKey) {
        ServerMessage.Connected connected = new ServerMessage.Connected(
                requestId,
                connection.info(),
                connection.info().role().capabilities(),
                resumeKey,
                rosters.of(connection),
                ice.issue(connection),
                timings,
                features,
                nodes.addresses());
        deliveries.send(outbox, rosters.encode(connection, connected));
    }

    /** The roster is null if the client gets the events that it missed; the sequence is that of the last of them. */
    void resumed(
            ClientConnection connection,
            Outbox outbox,
            long requestId,
            String resumeKey,
            long sequence,
            @Nullable Roster roster,
            List<LinkId> links) {
        ServerMessage.Resumed resumed = new ServerMessage.Resumed(
                requestId, resumeKey, sequence, roster, ice.issue(connection), links, nodes.addresses());
        deliveries.send(outbox, rosters.encode(connection, resumed));
    }

    /** {@return the roster as the client may see it} */
    Roster roster(ClientConnection connection) {
        return rosters.of(connection);
    }

    void refused(Outbox outbox, long requestId, ErrorCode code, String message) {
        refused(outbox, ServerMessage.Failed.of(requestId, code, message));
    }

    void refusedForNow(Outbox outbox, long requestId, String message, long retryAfterMillis) {
        refused(outbox, ServerMessage.Failed.of(requestId, ErrorCode.CONNECT_FAILED, message, retryAfterMillis));
    }

    void ended(Outbox outbox, DisconnectTombstones.Tombstone tombstone) {
        deliveries.finish(outbox, codec.encodeServerBytes(tombstone.message()), tombstone.code());
    }

    private void refused(Outbox outbox, ServerMessage.Failed failed) {
        deliveries.finish(outbox, codec.encodeServerBytes(failed), CloseCode.REFUSED);
    }
}
