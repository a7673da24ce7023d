package dev.videosession.media.internal.link;

/** How a peer link fares. */
public enum LinkState {
    /** Nothing has been tried yet. */
    NEW,
    /** The two ends look for a path to each other. */
    CONNECTING,
    /** Media can flow. */
    CONNECTED,
    /** The path was lost; it may come back by itself within seconds, or after an ICE restart. */
    DISCONNECTED,
    /** No path was found, no answer came within 15 seconds, or negotiation failed; only another offer can help. */
    FAILED,
    /** The link was closed; nothing leads out of this state. */
    CLOSED
}
