package dev.videosession.server.internal.router;

import java.util.concurrent.Executor;

/**
 * A media server that receives each stream once and forwards it to its subscribers. It may become unavailable at any time and
 * come back; what it held is lost then. All methods may be called on any thread and return at once.
 */
public interface MediaRouter extends AutoCloseable {
    /** {@return a name for log lines and metrics, different for each router of a server} */
    String name();

    /** {@return whether it can take a session now} */
    boolean isUp();

    /** {@return how often it was started or connected to again after a failure} */
    int restarts();

    /** {@return how often it failed since it last worked for a while without a failure} */
    int failures();

    /** {@return what it holds and has done} */
    RouterCounts counts();

    /** {@return how many publications and subscriptions it carries together} */
    int capacity();

    /**
     * {@return the part of its capacity that is in use, about 0 to 1} A session counts as one more link: when many sessions are placed
     * at once, because a router ended, none of them has its links yet.
     */
    default double load() {
        return (double) (counts().links() + counts().rooms()) / capacity();
    }

    /**
     * Sets the listener that is called when the router becomes available or unavailable.
     *
     * @param listener called on a thread of the router, which it must not block
     */
    void onAvailability(Runnable listener);

    /**
     * Opens a room for one session. If the router is not available, the room is lost at once.
     *
     * @param executor runs every callback of the room and of what is opened in it, in order
     * @param listener receives the end of the room
     * @return an open room
     */
    RouterRoom open(Executor executor, RoomListener listener);

    /** Closes all rooms and releases the router. Blocks for at most some seconds. */
    @Override
    void close();
}
