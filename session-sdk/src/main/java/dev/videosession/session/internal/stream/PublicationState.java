package dev.videosession.session.internal.stream;

import org.jspecify.annotations.Nullable;

/** The states of {@link Publication}. */
enum PublicationState {
    /** The devices are being opened. */
    OPENING,
    /** The devices run, and the server was asked for a stream and has not answered. */
    REQUESTED,
    /** The stream is in the session. */
    LIVE,
    /** The application has ended the stream and the server has not confirmed it. */
    ENDING,
    /** The publication has ended. A reply that is still to come is undone. */
    CLOSED;

    /** What leads from one state to another. */
    enum Input {
        /** The devices run. */
        OPENED,
        /** The server has published the stream. */
        PUBLISHED,
        /** The application ends the stream. */
        END,
        /** The publication ends, for whatever reason. */
        CLOSE
    }

    /** {@return whether there is a stream in the session} */
    boolean hasStream() {
        return this == LIVE || this == ENDING;
    }

    /** {@return the next state, or null if the input is not valid in this state} */
    @Nullable
    PublicationState after(Input input) {
        if (input == Input.CLOSE) {
            return CLOSED;
        }
        return switch (this) {
            case OPENING -> input == Input.OPENED ? REQUESTED : null;
            case REQUESTED -> input == Input.PUBLISHED ? LIVE : null;
            case LIVE, ENDING -> input == Input.END ? ENDING : null;
            case CLOSED -> null;
        };
    }
}
