package dev.videosession.protocol;

/** The cause of a disconnect. It says more than the {@link DisconnectReason}. */
public enum DisconnectDetail implements WireName {
    /** The client disconnected. */
    LEFT("left"),
    /** A moderator or the backend removed the client. */
    KICKED("kicked"),
    /** As kicked, and the token no longer opens this session. */
    BANNED("banned"),
    /** The session was closed. */
    SESSION_CLOSED("session-closed"),
    /** The client neither published nor subscribed for too long. */
    IDLE("idle"),
    /** The embedder's admission rules ended the connection. */
    POLICY("policy"),
    /** A newer socket replaced the socket of the connection. */
    REPLACED("replaced"),
    /** The client read too slowly, and its outbox was full. */
    SLOW_CONSUMER("slow-consumer"),
    /** The client sent a message that is not allowed. */
    PROTOCOL_ERROR("protocol-error"),
    /** Nothing was received for longer than the silence limit. */
    SILENT("silent"),
    /** The socket broke and the client did not return in time. */
    SOCKET_LOST("socket-lost"),
    /** The server stopped. */
    SERVER_SHUTDOWN("server-shutdown"),
    /** A cause that this version does not know. */
    OTHER("other");

    private final String wireName;

    DisconnectDetail(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
