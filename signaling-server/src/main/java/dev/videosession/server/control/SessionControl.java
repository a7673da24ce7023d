package dev.videosession.server.control;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.Roster;
import dev.videosession.server.settings.SessionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Control of live sessions: observes them and carries out commands with the rights of a moderator. All methods may be
 * called on any thread and return at once; futures complete on a thread of the server, which must not be blocked.
 *
 * <p>A refused command fails its future with {@link SignalingException}; a session without connections is refused with
 * {@link ErrorCode#INVALID_SESSION_ID}. After the server was closed, futures may fail with
 * {@link java.util.concurrent.RejectedExecutionException}. A {@code message} that is longer than
 * {@link Limits#MODERATOR_MESSAGE} characters, or not valid Unicode, is an {@link IllegalArgumentException}.
 *
 * <p>{@link dev.videosession.server.SignalingServer#control()} gives the one of a server.
 */
public interface SessionControl {
    /**
     * Returns the sessions in memory: those with a connection, those from which a connection was removed within the resume
     * window, and those with a ban. If the server is one of several nodes, these are the sessions of which it has a copy; see
     * {@link #allSessions}.
     *
     * @return a copy, in no order
     */
    List<SessionId> sessions();

    /**
     * Returns the sessions of all nodes: those with a connection, and those that this node has in memory.
     *
     * @return the sessions in no order; fails with {@link java.io.IOException} if this server is one of several nodes and cannot
     *     reach Redis
     */
    CompletableFuture<List<SessionId>> allSessions();

    /**
     * Returns the connections and streams of a session.
     *
     * @param sessionId the session
     * @return its roster, or empty if it has no connection
     */
    CompletableFuture<Optional<Roster>> roster(SessionId sessionId);

    /**
     * Returns the connections and streams of a session, when it was opened, and which connections are lost.
     *
     * @param sessionId the session
     * @return its snapshot, or empty if it has no connection
     */
    CompletableFuture<Optional<SessionSnapshot>> snapshot(SessionId sessionId);

    /**
     * Sends a signal from the backend.
     *
     * @param sessionId the session
     * @param to the receiver, or null for every connection
     * @param type at most {@link Limits#SIGNAL_TYPE} of {@code A-Z a-z 0-9 - _ ~ .}, or null
     * @param data at most {@link Limits#SIGNAL_DATA_BYTES} bytes of UTF-8, or null
     * @return completed when the server has accepted the signal
     */
    CompletableFuture<Void> signal(
            SessionId sessionId, @Nullable ConnectionId to, @Nullable String type, @Nullable String data);

    /**
     * Removes a connection.
     *
     * @param sessionId the session
     * @param connectionId the connection
     * @param message shown to its user, or null
     * @param ban whether its token is refused for the rest of the session
     * @return completed when it is removed
     */
    CompletableFuture<Void> forceDisconnect(
            SessionId sessionId, ConnectionId connectionId, @Nullable String message, boolean ban);

    /**
     * Removes a connection because of a rule of the embedder. Its client gets the reason {@code forceDisconnected} with the
     * detail {@code policy}.
     *
     * @param sessionId the session
     * @param connectionId the connection
     * @param message shown to its user
     * @return completed when it is removed
     */
    CompletableFuture<Void> evict(SessionId sessionId, ConnectionId connectionId, String message);

    /**
     * Ends a stream; its publisher stays connected.
     *
     * @param sessionId the session
     * @param streamId the stream
     * @return completed when it has ended
     */
    CompletableFuture<Void> forceUnpublish(SessionId sessionId, StreamId streamId);

    /**
     * Mutes the audio of a stream.
     *
     * @param sessionId the session
     * @param streamId the stream
     * @return completed when the server has accepted the request
     */
    CompletableFuture<Void> forceMute(SessionId sessionId, StreamId streamId);

    /**
     * Mutes the audio of every stream but some, and of every stream published later.
     *
     * @param sessionId the session
     * @param excluded streams that are not muted
     * @return completed when the messages to the publishers are on their way
     */
    CompletableFuture<Void> forceMuteAll(SessionId sessionId, List<StreamId> excluded);

    /**
     * Lets new streams start with audio again.
     *
     * @param sessionId the session
     * @return completed when it is done
     */
    CompletableFuture<Void> disableForceMute(SessionId sessionId);

    /**
     * Removes every connection. The session's id stays valid: a client with a token may enter again.
     *
     * @param sessionId the session
     * @param message shown to the users, or null
     * @return completed when all are removed; at once if there is no connection
     */
    CompletableFuture<Void> closeSession(SessionId sessionId, @Nullable String message);

    /**
     * Revokes a token: it opens nothing any more, and the connections that were made with it are removed. Survives a restart
     * if the server has a data directory; the future then completes when the token is on disk.
     *
     * @param sessionId the session that it opens
     * @param token its text
     * @param message shown to the users whose connections are removed, or null
     * @return how many connections were removed; fails with {@link SignalingException} if the token is not valid for the
     *     session
     */
    CompletableFuture<Integer> revoke(SessionId sessionId, String token, @Nullable String message);

    /**
     * Changes the policy of a session for as long as it has a connection.
     *
     * @param sessionId the session
     * @param policy the new policy
     * @return completed when it applies
     */
    CompletableFuture<Void> policy(SessionId sessionId, SessionPolicy policy);
}
