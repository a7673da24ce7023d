package dev.videosession.protocol;

/** Why a stream ended. */
public enum StreamDestroyReason implements WireName {
    /** Its publisher left, or unpublished it. */
    CLIENT_DISCONNECTED("clientDisconnected"),
    /** Its publisher was removed. */
    FORCE_DISCONNECTED("forceDisconnected"),
    /** Its publisher's network failed. */
    NETWORK_DISCONNECTED("networkDisconnected"),
    /** A moderator ended it; the publisher is still in the session. */
    FORCE_UNPUBLISHED("forceUnpublished"),
    /** Its source ended: a device was unplugged, a shared window closed. */
    MEDIA_STOPPED("mediaStopped");

    private final String wireName;

    StreamDestroyReason(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /**
     * Returns the reason that the streams of a leaving connection have.
     *
     * @param reason why the connection ended
     * @return the reason of the same name
     */
    public static StreamDestroyReason of(DisconnectReason reason) {
        return switch (reason) {
            case CLIENT_DISCONNECTED -> CLIENT_DISCONNECTED;
            case FORCE_DISCONNECTED -> FORCE_DISCONNECTED;
            case NETWORK_DISCONNECTED -> NETWORK_DISCONNECTED;
        };
    }
}
