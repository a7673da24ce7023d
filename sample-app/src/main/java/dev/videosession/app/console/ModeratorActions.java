package dev.videosession.app.console;

import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;
import dev.videosession.session.Stream;
import java.util.Collection;

/** The actions that a moderator can start in a session. Each starts at once and reports its outcome. */
interface ModeratorActions {
    /** Sends a warning to one participant. */
    void warn(Connection connection, String message);

    /** Sends a notice to all participants. */
    void notice(String message);

    void mute(Stream stream);

    /** Mutes all streams but these, and those that start later. */
    void muteAll(Collection<StreamId> excluded);

    /** Streams start with audio again. */
    void allowUnmuting();

    /** Ends a stream, or the share of a screen. */
    void end(Stream stream);

    void remove(Connection connection, String message, boolean ban);

    /** Ends the session for all. */
    void closeSession(String message);
}
