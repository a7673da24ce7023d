package dev.videosession.session.precall;

/** The steps of a pre-call test, in order. */
public enum PreCallStep {
    /** Lists cameras, microphones and speakers. Opens none of them. */
    DEVICES,
    /** Connects to the server, twice. */
    SERVER,
    /** Publishes synthetic media with one connection and receives it with the other one. */
    MEDIA,
    /** Measures what the path carries. */
    BANDWIDTH,
    /** Looks for a path through a TURN server. */
    RELAY
}
