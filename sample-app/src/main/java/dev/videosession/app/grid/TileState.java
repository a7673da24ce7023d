package dev.videosession.app.grid;

/**
 * What a tile says of its participant.
 *
 * @param name shown at its lower edge
 * @param own whether it is the user's own
 * @param audio whether audio is sent
 * @param video whether video is sent
 * @param reconnecting whether the participant's connection is lost and may come back
 * @param hand whether the participant raises a hand
 */
record TileState(String name, boolean own, boolean audio, boolean video, boolean reconnecting, boolean hand) {
    static final TileState NEW = new TileState("", false, true, true, false, false);

    TileState withName(String newName) {
        return new TileState(newName, own, audio, video, reconnecting, hand);
    }

    TileState asOwn() {
        return new TileState(name, true, audio, video, reconnecting, hand);
    }

    TileState withMedia(boolean hasAudio, boolean hasVideo) {
        return new TileState(name, own, hasAudio, hasVideo, reconnecting, hand);
    }

    TileState withReconnecting(boolean now) {
        return new TileState(name, own, audio, video, now, hand);
    }

    TileState withHand(boolean raised) {
        return new TileState(name, own, audio, video, reconnecting, raised);
    }
}
