package dev.videosession.server.internal.control;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.text.WellFormedText;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.control.SignalingException;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.session.LiveSession;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.token.TokenException;
import dev.videosession.server.internal.token.TokenVerifier;
import dev.videosession.server.internal.token.VerifiedToken;
import dev.videosession.server.settings.SessionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Controls the sessions of a registry. */
public final class LocalSessionControl implements SessionControl {
    private final SessionRegistry sessions;
    private final RevokedTokens revoked;
    private final TokenVerifier verifier;

    /**
     * Creates a control.
     *
     * @param sessions the sessions
     * @param revoked tokens that were revoked
     * @param verifier checks tokens that are to be revoked
     */
    public LocalSessionControl(SessionRegistry sessions, RevokedTokens revoked, TokenVerifier verifier) {
        this.sessions = sessions;
        this.revoked = revoked;
        this.verifier = verifier;
    }

    @Override
    public List<SessionId> sessions() {
        return sessions.ids();
    }

    @Override
    public CompletableFuture<List<SessionId>> allSessions() {
        return sessions.allIds();
    }

    @Override
    public CompletableFuture<Optional<Roster>> roster(SessionId sessionId) {
        return snapshot(sessionId).thenApply(snapshot -> snapshot.map(SessionSnapshot::roster));
    }

    @Override
    public CompletableFuture<Optional<SessionSnapshot>> snapshot(SessionId sessionId) {
        return sessions.find(sessionId)
                .map(session -> session.backend()
                        .snapshot()
                        .thenApply(snapshot -> Optional.of(snapshot)
                                .filter(some -> !some.roster().connections().isEmpty())))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    @Override
    public CompletableFuture<Void> signal(
            SessionId sessionId, @Nullable ConnectionId to, @Nullable String type, @Nullable String data) {
        return command(sessionId, new Command.Signal(null, to, type, data));
    }

    @Override
    public CompletableFuture<Void> forceDisconnect(
            SessionId sessionId, ConnectionId connectionId, @Nullable String message, boolean ban) {
        return command(sessionId, new Command.ForceDisconnect(null, connectionId, bounded(message), ban));
    }

    @Override
    public CompletableFuture<Void> evict(SessionId sessionId, ConnectionId connectionId, String message) {
        bounded(message);
        return command(
                sessionId,
                new Command.Leave(connectionId, DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.POLICY, message));
    }

    @Override
    public CompletableFuture<Void> forceUnpublish(SessionId sessionId, StreamId streamId) {
        return command(sessionId, new Command.ForceUnpublish(null, streamId));
    }

    @Override
    public CompletableFuture<Void> forceMute(SessionId sessionId, StreamId streamId) {
        return command(sessionId, new Command.ForceMute(null, streamId));
    }

    @Override
    public CompletableFuture<Void> forceMuteAll(SessionId sessionId, List<StreamId> excluded) {
        return command(sessionId, new Command.ForceMuteAll(null, excluded));
    }

    @Override
    public CompletableFuture<Void> disableForceMute(SessionId sessionId) {
        return command(sessionId, new Command.DisableForceMute(null));
    }

    @Override
    public CompletableFuture<Void> closeSession(SessionId sessionId, @Nullable String message) {
        bounded(message);
        return sessions.find(sessionId)
                .map(session ->
                        session.backend().command(new Command.Close(message)).<Void>thenApply(refusal -> null))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public CompletableFuture<Integer> revoke(SessionId sessionId, String text, @Nullable String message) {
        bounded(message);
        VerifiedToken token;
        try {
            token = verifier.verify(sessionId, text);
        } catch (TokenException e) {
            return CompletableFuture.failedFuture(new SignalingException(e.code(), String.valueOf(e.getMessage())));
        }
        CompletableFuture<Void> kept = revoked.add(token).exceptionally(logged -> null);
        return sessions.find(sessionId)
                .map(session -> session.backend().removeHolders(token.fingerprint(), message))
                .orElseGet(() -> CompletableFuture.completedFuture(0))
                .thenCombine(kept, (removed, done) -> removed);
    }

    @Override
    public CompletableFuture<Void> policy(SessionId sessionId, SessionPolicy policy) {
        return run(sessionId, session -> session.backend().policy(policy).thenApply(done -> Optional.empty()));
    }

    private CompletableFuture<Void> command(SessionId sessionId, Command command) {
        return run(sessionId, session -> session.backend().command(command));
    }

    private CompletableFuture<Void> run(
            SessionId sessionId, Function<LiveSession, CompletableFuture<Optional<Decision.Rejected>>> action) {
        Optional<LiveSession> session = sessions.find(sessionId);
        if (session.isEmpty()) {
            Decision.Rejected refusal = Decision.Rejected.sessionEmpty();
            return CompletableFuture.failedFuture(new SignalingException(refusal.code(), refusal.message()));
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
