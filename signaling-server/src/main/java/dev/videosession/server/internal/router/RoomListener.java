package dev.videosession.server.internal.router;

/** Receives the end of a room that the session did not close. Called on the room's executor. */
@FunctionalInterface
public interface RoomListener {
    /** The router lost the room with everything in it; nothing of it calls back any more. */
    void onLost();
}
