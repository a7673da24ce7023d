package dev.videosession.server.control;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Roster;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.WellFormedText;
import dev.videosession.server.internal.session.LiveSession;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.session.SessionSnapshot;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.token.VerifiedToken;
import dev.videosession.server.settings.SessionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches and commands sessions as the backend, which may do everything that a moderator may. All methods may be called
 * on any thread and return at once; futures complete on a thread of the server, which must not be blocked. A refused
 * command fails its future with {@link SignalingException}; a session that nobody is in is refused with
 * {@link ErrorCode#INVALID_SESSION_ID}. After the server was closed, futures may fail with
 * {@link java.util.concurrent.RejectedExecutionException}.
 */
public final class SessionControl {
    private final SessionRegistry sessions;
    private final RevokedTokens revoked;

    /**
     * Made by the server.
     *
     * @param sessions its sessions
     * @param revoked where its sessions look up tokens that were taken back
     */
    public SessionControl(SessionRegistry sessions, RevokedTokens revoked) {
        this.sessions = sessions;
        this.revoked = revoked;
    }

    /**
     * Returns the sessions in memory: those that somebody is in, or from which somebody was removed within the resume
     * window, or whose bans must be remembered.
     *
     * @return a copy, in no order
     */
    public List<SessionId> sessions() {
        return sessions.ids();
    }

    /**
     * Returns who and what is in a session.
     *
     * @param sessionId the session
     * @return its roster, or empty if nobody is in it
     */
    public CompletableFuture<Optional<Roster>> roster(SessionId sessionId) {
        return snapshot(sessionId).thenApply(snapshot -> snapshot.map(SessionSnapshot::roster));
    }

    /**
     * Returns who and what is in a session, and more about it.
     *
     * @param sessionId the session
     * @return its snapshot, or empty if nobody is in it
     */
    public CompletableFuture<Optional<SessionSnapshot>> snapshot(SessionId sessionId) {
        return sessions.find(sessionId)
                .map(session -> session.snapshot()
                        .thenApply(snapshot -> Optional.of(snapshot)
                                .filter(some -> !some.roster().connections().isEmpty())))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /**
     * Sends a signal from the backend.
     *
     * @param sessionId the session
     * @param to the addressee, or null for everybody
     * @param type at most {@link Limits#SIGNAL_TYPE} of {@code A-Z a-z 0-9 - _ ~ .}, or null
     * @param data at most {@link Limits#SIGNAL_DATA_BYTES} bytes of UTF-8, or null
     * @return done when the signal is on its way
     */
    public CompletableFuture<Void> signal(
            SessionId sessionId, @Nullable ConnectionId to, @Nullable String type, @Nullable String data) {
        return command(sessionId, new Command.Signal(null, to, type, data));
    }

    /**
     * Removes a connection.
     *
     * @param sessionId the session
     * @param connectionId who
     * @param message what its user is told, or null
     * @param ban whether its token is refused for the rest of the session
     * @return done when it is out
     */
    public CompletableFuture<Void> forceDisconnect(
            SessionId sessionId, ConnectionId connectionId, @Nullable String message, boolean ban) {
        return command(sessionId, new Command.ForceDisconnect(null, connectionId, bounded(message), ban));
    }

    /**
     * Ends a connection because of the embedder's rules. Its client learns {@code forceDisconnected} with the detail
     * {@code policy}.
     *
     * @param sessionId the session
     * @param connectionId who
     * @param message what its user is told
     * @return done when it is out
     */
    public CompletableFuture<Void> evict(SessionId sessionId, ConnectionId connectionId, String message) {
        bounded(message);
        return command(
                sessionId,
                new Command.Leave(connectionId, DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.POLICY, message));
    }

    /**
     * Ends a stream; its publisher stays.
     *
     * @param sessionId the session
     * @param streamId the stream
     * @return done when it has ended
     */
    public CompletableFuture<Void> forceUnpublish(SessionId sessionId, StreamId streamId) {
        return command(sessionId, new Command.ForceUnpublish(null, streamId));
    }

    /**
     * Mutes the audio of a stream.
     *
     * @param sessionId the session
     * @param streamId the stream
     * @return done when its publisher is being told
     */
    public CompletableFuture<Void> forceMute(SessionId sessionId, StreamId streamId) {
        return command(sessionId, new Command.ForceMute(null, streamId));
    }

    /**
     * Mutes the audio of every stream but some, and of every stream published later.
     *
     * @param sessionId the session
     * @param excluded streams that stay as they are
     * @return done when the publishers are being told
     */
    public CompletableFuture<Void> forceMuteAll(SessionId sessionId, List<StreamId> excluded) {
        return command(sessionId, new Command.ForceMuteAll(null, excluded));
    }

    /**
     * Lets new streams start with audio again.
     *
     * @param sessionId the session
     * @return done when it is so
     */
    public CompletableFuture<Void> disableForceMute(SessionId sessionId) {
        return command(sessionId, new Command.DisableForceMute(null));
    }

    /**
     * Removes everybody. The session's id stays good: whoever has a token may enter again.
     *
     * @param sessionId the session
     * @param message what the users are told, or null
     * @return done when all are out; at once if nobody was in
     */
    public CompletableFuture<Void> closeSession(SessionId sessionId, @Nullable String message) {
        bounded(message);
        return sessions.find(sessionId)
                .map(session -> session.command(new Command.Close(message)).<Void>thenApply(nobodyIn -> null))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /**
     * Takes a token back: it opens nothing any more, and whoever came with it is removed. Survives a restart if the
     * server has a data directory: then completes when the token is on disk.
     *
     * @param sessionId the session that it opens
     * @param token what it says
     * @param message what those who are removed are told, or null
     * @return how many were removed
     */
    public CompletableFuture<Integer> revoke(SessionId sessionId, VerifiedToken token, @Nullable String message) {
        bounded(message);
        CompletableFuture<Void> kept = revoked.add(token).exceptionally(logged -> null);
        return sessions.find(sessionId)
                .map(session -> session.removeHolders(token.fingerprint(), message))
                .orElseGet(() -> CompletableFuture.completedFuture(0))
                .thenCombine(kept, (removed, done) -> removed);
    }

    /**
     * Changes the rules of a session, for as long as anybody is in it.
     *
     * @param sessionId the session
     * @param policy the new rules
     * @return done when they hold
     */
    public CompletableFuture<Void> policy(SessionId sessionId, SessionPolicy policy) {
        return run(sessionId, session -> session.policy(policy).thenApply(done -> Optional.empty()));
    }

    private CompletableFuture<Void> command(SessionId sessionId, Command command) {
        return run(sessionId, session -> session.command(command));
    }

    private CompletableFuture<Void> run(
            SessionId sessionId, Function<LiveSession, CompletableFuture<Optional<Decision.Rejected>>> action) {
        Optional<LiveSession> session = sessions.find(sessionId);
        if (session.isEmpty()) {
            Decision.Rejected nobodyIn = Decision.Rejected.nobodyIn();
            return CompletableFuture.failedFuture(new SignalingException(nobodyIn.code(), nobodyIn.message()));
        }
        return action.apply(session.get())
                .thenCompose(rejected -> rejected.isEmpty()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : CompletableFuture.failedFuture(new SignalingException(
                                rejected.get().code(), rejected.get().message())));
    }

    private static @Nullable String bounded(@Nullable String message) {
        if (message != null && message.length() > Limits.MODERATOR_MESSAGE) {
            throw new IllegalArgumentException("message is longer than " + Limits.MODERATOR_MESSAGE + " characters");
        }
        WellFormedText.require("message", message);
        return message;
    }
}
