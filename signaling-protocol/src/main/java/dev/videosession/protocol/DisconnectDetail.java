package dev.videosession.protocol;

/** The cause behind a {@link DisconnectReason}, for those who want to know more than the three reasons say. */
public enum DisconnectDetail implements WireName {
    /** The client said goodbye. */
    LEFT("left"),
    /** A moderator or the backend removed the client. */
    KICKED("kicked"),
    /** As kicked, and the token no longer opens this session. */
    BANNED("banned"),
    /** The session was closed for everybody. */
    SESSION_CLOSED("session-closed"),
    /** The client neither published nor subscribed for too long. */
    IDLE("idle"),
    /** The embedder's admission rules ended the connection. */
    POLICY("policy"),
    /** The same connection was taken over by a newer socket. */
    REPLACED("replaced"),
    /** The client read too slowly and its outbox was full. */
    SLOW_CONSUMER("slow-consumer"),
    /** The client sent something that no client may send. */
    PROTOCOL_ERROR("protocol-error"),
    /** Nothing was heard for longer than the silence limit. */
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
