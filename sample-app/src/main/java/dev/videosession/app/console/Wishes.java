package dev.videosession.app.console;

import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;

/** What the moderator wants. */
interface Wishes {
    void remove(Connection connection, String message, boolean ban);

    void unpublish(StreamId stream);

    void mute(StreamId stream);

    void muteAll();

    void liftMute();

    void rejoin();

    void leave();
}
