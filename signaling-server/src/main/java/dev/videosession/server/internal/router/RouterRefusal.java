package dev.videosession.server.internal.router;

/** Why a router refuses what a client wants. */
public enum RouterRefusal {
    /** The session description of the client cannot be used. */
    DESCRIPTION,
    /** The router, or the room, has as many links as it carries. */
    CAPACITY
}
