package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;

/** Reads what a participant would be sent, for the router. Each method returns whether the message was of use. */
final class RouterInbox implements ServerMessage.Visitor<Boolean>, LinkMessage.Visitor<Boolean> {
    private final RouterEnds ends;

    RouterInbox(RouterEnds ends) {
        this.ends = ends;
    }

    @Override
    public Boolean onLinkOpened(ServerMessage.LinkOpened message) {
        return ends.openSubscriber(message);
    }

    @Override
    public Boolean onLinkUpdated(ServerMessage.LinkUpdated message) {
        return ends.update(message.linkId(), message.subscription());
    }

    @Override
    public Boolean onLinkClosed(ServerMessage.LinkClosed message) {
        return ends.close(message.linkId());
    }

    @Override
    public Boolean onLinkMessage(LinkMessage message) {
        return message.accept((LinkMessage.Visitor<Boolean>) this);
    }

    @Override
    public Boolean onDescription(LinkMessage.Description message) {
        return ends.take(message);
    }

    /** The router is reachable: it needs no candidates of clients. */
    @Override
    public Boolean onCandidate(LinkMessage.Candidate message) {
        return false;
    }

    @Override
    public Boolean onCandidates(LinkMessage.Candidates message) {
        return false;
    }

    @Override
    public Boolean onReception(LinkMessage.ReceptionReport message) {
        return ends.take(message);
    }

    @Override
    public Boolean onProbe(LinkMessage.Probe message) {
        return false;
    }

    @Override
    public Boolean onFallback(LinkMessage.Fallback message) {
        return ends.take(message);
    }

    @Override
    public Boolean onRestart(LinkMessage.Restart message) {
        return ends.restart(message.linkId());
    }

    @Override
    public Boolean onReply(ServerMessage.Reply message) {
        return false;
    }

    @Override
    public Boolean onEvent(SequencedEvent message) {
        return false;
    }

    @Override
    public Boolean onDirectSignal(ServerMessage.DirectSignal message) {
        return false;
    }

    @Override
    public Boolean onNodesChanged(ServerMessage.NodesChanged message) {
        return false;
    }

    @Override
    public Boolean onIceServersRenewed(ServerMessage.IceServersRenewed message) {
        return false;
    }

    @Override
    public Boolean onDraining(ServerMessage.Draining message) {
        return false;
    }

    @Override
    public Boolean onDisconnected(ServerMessage.Disconnected message) {
        return false;
    }

    @Override
    public Boolean onHeartbeat(Heartbeat message) {
        return false;
    }
}
