package dev.videosession.server.internal.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of the server's nodes that clients receive. Thread-safe. */
@FunctionalInterface
public interface NodeDirectory {
    /** A server of one node. */
    NodeDirectory NONE = () -> null;

    /** {@return the addresses at which clients reach nodes, or null if none is announced} */
    @Nullable
    List<String> addresses();

    /**
     * Tells whether another node can take something over from this one.
     *
     * @param epoch of a node
     * @return false if it is this node, is about to stop, or has no lease
     */
    default boolean isReady(long epoch) {
        return false;
    }

    /**
     * Returns the name of a node, for log lines.
     *
     * @param epoch of the node
     * @return its name, or {@code unknown} if it has no lease
     */
    default String nameOf(long epoch) {
        return "unknown";
    }

    /**
     * Tells whether the media routers of another node take no further link.
     *
     * @param epoch of the node
     * @return what the node said within the last second; false if it is not known
     */
    default boolean isRouterFull(long epoch) {
        return false;
    }

    /** {@return for how many milliseconds this node has been able to write to the sessions' logs without interruption} */
    default long writableMillis() {
        return Long.MAX_VALUE;
    }
}
