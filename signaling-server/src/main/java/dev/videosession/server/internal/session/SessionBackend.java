package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.settings.SessionPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a backend asks of one session. Every method may be called on any thread and returns at once; the results are completed on the
 * session's loop, and fail if the server has stopped.
 */
public final class SessionBackend {
    private final SessionExecutor loop;
    private final LoggedState state;
    private final SessionEngine engine;
    private final AppliedPolicy policy;

    SessionBackend(SessionExecutor loop, LoggedState state, SessionEngine engine, AppliedPolicy policy) {
        this.loop = loop;
        this.state = state;
        this.engine = engine;
        this.policy = policy;
    }

    /**
     * Changes the rules of the session until its last connection has ended.
     *
     * @param next the new rules
     * @return completed when they apply
     */
    public CompletableFuture<Void> policy(SessionPolicy next) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        loop.execute(result, () -> {
            policy.apply(next);
            result.complete(null);
        });
        return result;
    }

    /**
     * Carries out a command of the backend. Refused if the session has no connections.
     *
     * @param command the command
     * @return empty if it was carried out, or why not
     */
    public CompletableFuture<Optional<Decision.Rejected>> command(Command command) {
        CompletableFuture<Optional<Decision.Rejected>> result = new CompletableFuture<>();
        loop.execute(result, () -> submit(command, result));
        return result;
    }

    private void submit(Command command, CompletableFuture<Optional<Decision.Rejected>> result) {
        if (!engine.offer(new BackendOperation(engine, command, result))) {
            result.complete(Optional.of(
                    new Decision.Rejected(ErrorCode.RATE_LIMIT_EXCEEDED, "The session is too busy. Try again later.")));
        }
    }

    /**
     * Returns the session's connections and streams.
     *
     * @return the state when the session's loop runs the task
     */
    public CompletableFuture<SessionSnapshot> snapshot() {
        CompletableFuture<SessionSnapshot> result = new CompletableFuture<>();
        loop.execute(
                result,
                () -> engine.log()
                        .sync(() ->
                                result.complete(new SessionSnapshot(state.openedAt(), state.roster(), state.lost()))));
        return result;
    }

    /**
     * Removes and bans the connections that joined with a token.
     *
     * @param fingerprint of the token
     * @param message for their users, or null
     * @return how many were removed
     */
    public CompletableFuture<Integer> removeHolders(String fingerprint, @Nullable String message) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        loop.execute(result, () -> {
            engine.log().sync(() -> {
                List<CompletableFuture<Optional<Decision.Rejected>>> removals = state.holders(fingerprint).stream()
                        .map(holder -> remove(holder, message))
                        .toList();
                CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new))
                        .whenComplete((done, failure) -> result.complete(removals.size()));
            });
        });
        return result;
    }

    private CompletableFuture<Optional<Decision.Rejected>> remove(ConnectionId holder, @Nullable String message) {
        CompletableFuture<Optional<Decision.Rejected>> result = new CompletableFuture<>();
        submit(new Command.ForceDisconnect(null, holder, message, true), result);
        return result;
    }
}
