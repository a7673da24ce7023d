package dev.videosession.session.internal.stream;

import org.jspecify.annotations.Nullable;

/** The states of {@link SubscriptionLink}. */
enum SubscriptionState {
    /** The server was not asked yet. */
    NEW,
    /** The server was asked and has not answered. */
    REQUESTED,
    /** The server has answered; no media has flowed yet. */
    OPENING,
    /** Media flows. */
    CONNECTED,
    /** Media has flowed, and the link is being repaired. */
    INTERRUPTED,
    /** The subscription has ended. A reply that is still to come is undone. */
    CLOSED;

    /** What leads from one state to another. */
    enum Input {
        /** The server is asked. */
        REQUEST,
        /** The server has answered. */
        ANSWER,
        /** The media link is connected. */
        CONNECT,
        /** The media link is disconnected or has failed. */
        INTERRUPT,
        /** The subscription ends, for whatever reason. */
        CLOSE
    }

    /** {@return the next state, or null if the input is not valid in this state} */
    @Nullable
    SubscriptionState after(Input input) {
        if (input == Input.CLOSE) {
            return CLOSED;
        }
        return switch (this) {
            case NEW -> input == Input.REQUEST ? REQUESTED : null;
            case REQUESTED -> input == Input.ANSWER ? OPENING : null;
            case OPENING ->
                switch (input) {
                    case CONNECT -> CONNECTED;
                    case INTERRUPT -> OPENING;
                    default -> null;
                };
            case CONNECTED, INTERRUPTED ->
                switch (input) {
                    case CONNECT -> CONNECTED;
                    case INTERRUPT -> INTERRUPTED;
                    default -> null;
                };
            case CLOSED -> input == Input.ANSWER ? CLOSED : null;
        };
    }
}
