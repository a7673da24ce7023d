package dev.videosession.session.internal.stream;

import org.jspecify.annotations.Nullable;

/** The states of {@link AudioSync}. */
enum AudioSyncState {
    /** The server knows whether the publisher sends audio. */
    IN_SYNC,
    /** An update is under way, and the server has reported nothing meanwhile. */
    UPDATING,
    /** An update is under way, and what the server reported meanwhile may be older or newer. */
    UNSURE;

    /** What leads from one state to another. */
    enum Input {
        /** An update is sent to the server. */
        SENT,
        /** The server reports whether the stream has audio. */
        REPORTED,
        /** The last update under way is answered. */
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
