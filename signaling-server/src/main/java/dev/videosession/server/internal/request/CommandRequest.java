package dev.videosession.server.internal.request;

import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;

/** A request that the session's rules decide. */
class CommandRequest extends RequestOperation {
    private final Command command;

    CommandRequest(RequestContext session, ClientConnection from, long id, Command command) {
        super(session, from, id);
        this.command = command;
    }

    @Override
    Decision decideNew(LoggedState state) {
        return session().engine().decide(state, command);
    }
}
