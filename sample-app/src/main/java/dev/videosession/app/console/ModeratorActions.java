package dev.videosession.app.console;

import dev.videosession.app.window.SessionFrame;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;

/** The actions that a moderator can start. */
interface ModeratorActions extends SessionFrame.FrameActions {
    void remove(Connection connection, String message, boolean ban);

    void unpublish(StreamId stream);

    void mute(StreamId stream);

    void muteAll();

    void liftMute();
}
