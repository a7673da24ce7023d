package dev.videosession.protocol.message;

/** Sent by a client or server that has sent nothing else for a heartbeat interval. It has no reply. */
public record Heartbeat() implements ClientMessage, ServerMessage {
    @Override
    public <P, R> R accept(ClientMessage.Visitor<P, R> visitor, P parameter) {
        return visitor.onHeartbeat(this, parameter);
    }

    @Override
    public <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.onHeartbeat(this);
    }
}
