package dev.videosession.server.internal.link.routed;

import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.router.RouterRoom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The room of one session on a media router. The pool places it as soon as a router is available, and again after it was lost, if
 * it is required then. Belongs to the session's loop.
 */
final class SessionRoom {
    private final LinkRouting routing;
    private final Consumer<RouterRoom> onPlaced;
    private final Runnable onLost;
    private RouterPool.@Nullable Place place;
    private @Nullable RouterRoom room;

    /**
     * Creates it without a room.
     *
     * @param onPlaced gets the room
     * @param onLost called when the router has lost it
     */
    SessionRoom(LinkRouting routing, Consumer<RouterRoom> onPlaced, Runnable onLost) {
        this.routing = routing;
        this.onPlaced = onPlaced;
        this.onLost = onLost;
    }

    /** {@return the room, or null if none is placed} */
    @Nullable
    RouterRoom room() {
        return room;
    }

    /** {@return whether the room takes no further link} */
    boolean isFull() {
        return room != null && room.isFull();
    }

    /** Asks the pool for a room, unless there is one or it was asked already. */
    void require() {
        if (place == null) {
            place = routing.routers().place(routing.loop(), this::placed, this::lost);
        }
    }

    private void placed(RouterRoom opened) {
        room = opened;
        onPlaced.accept(opened);
    }

    private void lost() {
        room = null;
        place = null;
        onLost.run();
    }

    /** Closes the room, or no longer waits for one. */
    void leave() {
        if (place != null) {
            place.close();
            place = null;
            room = null;
        }
    }
}
