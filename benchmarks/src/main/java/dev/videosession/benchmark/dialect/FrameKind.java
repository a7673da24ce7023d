package dev.videosession.benchmark.dialect;

/** What a frame of a server means to the load generator. */
public enum FrameKind {
    /** The server is ready for the first message of a client. */
    READY,
    /** The client is a member of its session. */
    JOINED,
    /** The join was refused. */
    REFUSED,
    /** A message to all members. */
    MESSAGE,
    /** Another client joined. */
    MEMBER_JOINED,
    /** Another client left or was removed. */
    MEMBER_LEFT,
    /** The client itself was removed. */
    REMOVED,
    /** To be answered. */
    PING,
    /** Anything else. */
    OTHER
}
