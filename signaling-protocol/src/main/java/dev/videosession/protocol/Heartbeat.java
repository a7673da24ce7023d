package dev.videosession.protocol;

/** Sent by either side when it has sent nothing else for a heartbeat interval. Needs no answer. */
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
