package dev.videosession.session.internal.lifecycle;

import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.internal.connection.EstablishedConnection;
import java.util.function.Consumer;

/**
 * Passes each message of the server to the part that handles it. Returns false for a message that needs an established
 * connection if there is none. Used on the session's loop.
 */
final class ServerMessageRouter implements ServerMessage.Visitor<Boolean> {
    private final SessionStatus status;
    private final Consumer<ServerMessage.Disconnected> onDisconnected;
    private final Consumer<ServerMessage.Draining> onDraining;
    private final Consumer<ServerMessage.NodesChanged> onNodesChanged;
    private final Consumer<EstablishedConnection> afterwards;

    /**
     * Creates a router.
     *
     * @param onDisconnected called when the server ends the connection
     * @param onDraining called when the server is about to stop
     * @param onNodesChanged called when the server's nodes have changed
     * @param afterwards called after the established connection has handled a message
     */
    ServerMessageRouter(
            SessionStatus status,
            Consumer<ServerMessage.Disconnected> onDisconnected,
            Consumer<ServerMessage.Draining> onDraining,
            Consumer<ServerMessage.NodesChanged> onNodesChanged,
            Consumer<EstablishedConnection> afterwards) {
        this.status = status;
        this.onDisconnected = onDisconnected;
        this.onDraining = onDraining;
        this.onNodesChanged = onNodesChanged;
        this.afterwards = afterwards;
    }

    @Override
    public Boolean onReply(ServerMessage.Reply message) {
        return true; // handled by the signaling client
    }

    @Override
    public Boolean onHeartbeat(Heartbeat message) {
        return true; // handled by the signaling client
    }

    @Override
    public Boolean onDisconnected(ServerMessage.Disconnected message) {
        onDisconnected.accept(message);
        return true;
    }

    @Override
    public Boolean onNodesChanged(ServerMessage.NodesChanged message) {
        onNodesChanged.accept(message);
        return true;
    }

    @Override
    public Boolean onDraining(ServerMessage.Draining message) {
        onDraining.accept(message);
        return true;
    }

    @Override
    public Boolean onIceServersRenewed(ServerMessage.IceServersRenewed message) {
        return deliver(current -> current.renewIceServers(message.iceServers()));
    }

    @Override
    public Boolean onEvent(SequencedEvent message) {
        return deliver(current -> current.updates().apply(message));
    }

    @Override
    public Boolean onDirectSignal(ServerMessage.DirectSignal message) {
        return deliver(current -> current.updates().apply(message));
    }

    @Override
    public Boolean onLinkOpened(ServerMessage.LinkOpened message) {
        return deliver(current -> current.local().links().open(message));
    }

    @Override
    public Boolean onLinkUpdated(ServerMessage.LinkUpdated message) {
        return deliver(current -> current.local().links().update(message));
    }

    @Override
    public Boolean onLinkClosed(ServerMessage.LinkClosed message) {
        return deliver(current -> current.linkClosed(message));
    }

    @Override
    public Boolean onLinkMessage(LinkMessage message) {
        return deliver(current -> current.deliver(message));
    }

    /** Handles an event that this version does not know. */
    void onUnknownEvent(long sequence) {
        deliver(current -> current.updates().skip(sequence));
    }

    private boolean deliver(Consumer<EstablishedConnection> action) {
        EstablishedConnection current = status.established();
        if (current == null) {
            return false;
        }
        action.accept(current);
        afterwards.accept(current);
        return true;
    }
}
