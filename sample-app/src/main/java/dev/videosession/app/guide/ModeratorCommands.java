package dev.videosession.app.guide;

import dev.videosession.protocol.Capabilities;
import dev.videosession.session.Connection;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Session;
import dev.videosession.session.Stream;
import io.reactivex.rxjava3.core.Completable;

/** What a moderator does in a session. The token of its connection needs the role moderator. */
public final class ModeratorCommands {
    private final Session session;

    /**
     * Creates the commands.
     *
     * @param session a connected session
     */
    public ModeratorCommands(Session session) {
        this.session = session;
    }

    /** {@return whether to offer these commands to the user} */
    public boolean areAvailable() {
        return session.capabilities().map(Capabilities::forceDisconnect).orElse(false);
    }

    /**
     * Removes a participant, which may connect again.
     *
     * @param connection the participant
     * @param message shown to its user
     * @return completes when the participant is removed
     */
    public Completable remove(Connection connection, String message) {
        return session.forceDisconnect(connection, ForceDisconnectOptions.DEFAULT.withMessage(message));
    }

    /**
     * Removes a participant whose token the server then refuses.
     *
     * @param connection the participant
     * @param message shown to its user
     * @return completes when the participant is removed
     */
    public Completable ban(Connection connection, String message) {
        ForceDisconnectOptions options =
                ForceDisconnectOptions.DEFAULT.withMessage(message).withBan(true);
        return session.forceDisconnect(connection, options);
    }

    /**
     * Mutes every stream but one, streams of later publishers included.
     *
     * @param speaker the stream that keeps its audio
     * @return completes when the streams are muted
     */
    public Completable giveTheFloorTo(Stream speaker) {
        return session.forceMuteAll(speaker);
    }

    /**
     * Lets new streams start with audio again.
     *
     * @return completes when the server accepted it
     */
    public Completable openTheFloor() {
        return session.disableForceMute();
    }

    /**
     * Ends a stream, for instance a shared screen. Its publisher stays in the session.
     *
     * @param stream the stream
     * @return completes when the stream has ended
     */
    public Completable endStream(Stream stream) {
        return session.forceUnpublish(stream);
    }
}
