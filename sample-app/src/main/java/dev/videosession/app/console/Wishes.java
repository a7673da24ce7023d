package dev.videosession.app.console;

import dev.videosession.app.window.SessionFrame;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;

/** What the moderator wants. */
interface Wishes extends SessionFrame.Wishes {
    void remove(Connection connection, String message, boolean ban);

    void unpublish(StreamId stream);

    void mute(StreamId stream);

    void muteAll();

    void liftMute();
}
