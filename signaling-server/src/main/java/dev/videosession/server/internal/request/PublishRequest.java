package dev.videosession.server.internal.request;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.state.Command;
import dev.videosession.server.internal.state.Decision;
import dev.videosession.server.internal.state.SessionEvent;

/** Publishes a stream. The reply shows it as it was created, muted for example. */
final class PublishRequest extends CommandRequest {
    PublishRequest(RequestContext session, ClientConnection from, long id, Command.Publish command) {
        super(session, from, id, command);
    }

    @Override
    ServerMessage.Reply replyTo(Decision.Accepted decision) {
        SessionEvent.StreamCreated created =
                (SessionEvent.StreamCreated) decision.events().get(0);
        return new ServerMessage.Published(id(), created.stream());
    }
}
