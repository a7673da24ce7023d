package dev.videosession.session.internal.stream;

import org.jspecify.annotations.Nullable;

/** The states of {@link AudioSync}. */
enum AudioSyncState {
    /** The server knows whether the publisher sends audio. */
    IN_SYNC,
    /** The server is being told, and has not said anything else meanwhile. */
    UPDATING,
    /** The server is being told, and what it said meanwhile may be older or newer than that. */
    UNSURE;

    /** What leads from one state to another. */
    enum Input {
        /** An update is sent to the server. */
        SENT,
        /** The server says whether the stream has audio. */
        REPORTED,
        /** The last of the updates under way is answered. */
        ANSWERED
    }

    /** {@return the next state, or null if the input is not valid in this state} */
    @Nullable
    AudioSyncState after(Input input) {
        return switch (this) {
            case IN_SYNC ->
                switch (input) {
                    case SENT -> UPDATING;
                    case REPORTED -> IN_SYNC;
                    case ANSWERED -> null;
                };
            case UPDATING ->
                switch (input) {
                    case SENT -> UPDATING;
                    case REPORTED -> UNSURE;
                    case ANSWERED -> IN_SYNC;
                };
            case UNSURE -> input == Input.ANSWERED ? IN_SYNC : UNSURE;
        };
    }
}
