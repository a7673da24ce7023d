package dev.videosession.server.internal.session;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command of the backend. Refused if the session has no connections. */
final class BackendOperation extends Operation {
    private final SessionEngine engine;
    private final Command command;
    private final CompletableFuture<Optional<Decision.Rejected>> result;

    BackendOperation(SessionEngine engine, Command command, CompletableFuture<Optional<Decision.Rejected>> result) {
        super(null);
        this.engine = engine;
        this.command = command;
        this.result = result;
    }

    @Override
    protected boolean mayFollow(Append batch) {
        return true;
    }

    @Override
    protected Decision decide(LoggedState state) {
        return state.connectionCount() == 0 ? Decision.Rejected.sessionEmpty() : engine.decide(state, command);
    }

    @Override
    protected void applied(Decision.Accepted accepted) {
        result.complete(Optional.empty());
    }

    @Override
    protected void rejected(Decision.Rejected rejected) {
        result.complete(Optional.of(rejected));
    }

    @Override
    protected void failed() {
        result.complete(Optional.of(new Decision.Rejected(
                ErrorCode.INTERNAL_ERROR,
                "The session's log failed. The command may have been carried out: read the session's state.")));
    }
}
