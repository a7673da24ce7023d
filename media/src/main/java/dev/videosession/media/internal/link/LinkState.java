package dev.videosession.media.internal.link;

/** States of a link. */
public enum LinkState {
    /** No exchange has begun. */
    NEW,
    /** The two ends search for a path to each other. */
    CONNECTING,
    /** Media can flow. */
    CONNECTED,
    /** The path is lost. It may recover by itself within seconds, or by an ICE restart. */
    DISCONNECTED,
    /** No path was found, no answer was received within 15 seconds, or the negotiation failed. Only another offer can help. */
    FAILED,
    /** The link is closed. Nothing leads out of this state. */
    CLOSED
}
