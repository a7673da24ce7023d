package dev.videosession.protocol;

/** Why a connection ended: OpenTok's three reasons, the same at the leaving client and at other clients. */
public enum DisconnectReason implements WireName {
    /** The client left by itself. */
    CLIENT_DISCONNECTED("clientDisconnected"),
    /** A moderator, the backend or the server itself removed it. */
    FORCE_DISCONNECTED("forceDisconnected"),
    /** The network failed and the client did not come back in time. */
    NETWORK_DISCONNECTED("networkDisconnected");

    private final String wireName;

    DisconnectReason(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
