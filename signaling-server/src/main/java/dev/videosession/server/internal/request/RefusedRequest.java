package dev.videosession.server.internal.request;

import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;

/** A request that is refused whatever the session's state is. */
final class RefusedRequest extends RequestOperation {
    private final Decision.Rejected refusal;

    RefusedRequest(RequestContext session, ClientConnection from, long id, Decision.Rejected refusal) {
        super(session, from, id);
        this.refusal = refusal;
    }

    @Override
    Decision decideNew(LoggedState state) {
        return refusal;
    }
}
