package dev.videosession.session.precall;

/** The steps of a pre-call test. */
public enum PreCallStep {
    /** Lists cameras, microphones and speakers. Opens none of them. */
    DEVICES,
    /** Connects to the server, twice. */
    SERVER,
    /** Publishes synthetic media and connects to the media router of the session. Skipped in a relayed session, which has none. */
    ROUTER,
    /** Receives the published media with the other connection. */
    MEDIA,
    /**
     * Measures what the path carries: to the media router, or through the TURN server in a relayed session. Skipped in a relayed session
     * without a TURN server, because the path depends on the other participants.
     */
    BANDWIDTH,
    /** Sends media through a TURN server: to the other connection, or to the media router. */
    RELAY
}
