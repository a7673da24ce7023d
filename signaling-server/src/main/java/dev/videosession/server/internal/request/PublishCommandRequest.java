package dev.videosession.server.internal.request;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;

/** Publishes a stream. The reply shows it as it was created, muted for example. */
final class PublishCommandRequest extends CommandRequest {
    PublishCommandRequest(RequestContext session, ClientConnection from, long id, Command.Publish command) {
        super(session, from, id, command);
    }

    /** In a routed session the stream takes a link to the router. */
    @Override
    Decision decideNew(LoggedState state) {
        Decision decision = super.decideNew(state);
        if (decision instanceof Decision.Rejected) {
            return decision;
        }
        return session()
                .links()
                .publishRefusal(from().id())
                .<Decision>map(why -> new Decision.Rejected(why.code(), why.message()))
                .orElse(decision);
    }

    @Override
    ServerMessage.Reply replyTo(Decision.Accepted decision) {
        LoggedEvent.StreamCreated created =
                (LoggedEvent.StreamCreated) decision.events().get(0);
        return new ServerMessage.Published(id(), created.stream());
    }
}
