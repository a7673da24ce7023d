package dev.videosession.session.internal;

import org.jspecify.annotations.Nullable;

/** The states of a publisher. */
enum PublisherState {
    /** In no session. */
    FREE,
    /** In a session, or being published to it. */
    ATTACHED,
    /**
     * In no session, because its session started over. It is published again after its listeners were called, unless one of
     * them prevents it.
     */
    RETURNING,
    /** Destroyed by the application; its stream is still in a session. */
    LEAVING,
    /** Destroyed; listeners may still receive events. */
    DESTROYED,
    /** Destroyed, and the listeners were notified: they receive no further events. */
    ENDED;

    /** What leads from one state to another. */
    enum Input {
        /** It is published to a session. */
        ATTACH,
        /** Its publication ends. */
        DETACH,
        /** Its publication ends because its session starts over. */
        START_OVER,
        /** A listener prevented that it is published again. */
        KEEP,
        /** It is destroyed. */
        DESTROY,
        /** The listeners were notified that it is destroyed. */
        REPORTED
    }

    /** {@return whether it has a session} */
    boolean isInSession() {
        return this == ATTACHED || this == LEAVING;
    }

    /** {@return whether it was destroyed} */
    boolean isDestroyed() {
        return this == LEAVING || this == DESTROYED || this == ENDED;
    }

    /** {@return the next state, or null if the input is not valid in this state} */
    @Nullable
    PublisherState after(Input input) {
        return switch (this) {
            case FREE ->
                switch (input) {
                    case ATTACH -> ATTACHED;
                    case DESTROY -> DESTROYED;
                    default -> null;
                };
            case ATTACHED ->
                switch (input) {
                    case DETACH -> FREE;
                    case START_OVER -> RETURNING;
                    case DESTROY -> LEAVING;
                    default -> null;
                };
            case RETURNING ->
                switch (input) {
                    case ATTACH -> ATTACHED;
                    case KEEP -> FREE;
                    case DESTROY -> DESTROYED;
                    default -> null;
                };
            case LEAVING ->
                switch (input) {
                    case DETACH, START_OVER -> DESTROYED;
                    default -> null;
                };
            case DESTROYED -> input == Input.REPORTED ? ENDED : null;
            case ENDED -> null;
        };
    }
}
