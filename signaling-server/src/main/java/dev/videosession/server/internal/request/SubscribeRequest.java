package dev.videosession.server.internal.request;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedState;

/** Opens a link to a stream. */
final class SubscribeRequest extends LinkRequest {
    private final ClientMessage.Subscribe request;
    private final LinkId linkId = Ids.link();

    SubscribeRequest(RequestContext session, ClientConnection from, ClientMessage.Subscribe request) {
        super(session, from, request.id());
        this.request = request;
    }

    @Override
    Decision decideNew(LoggedState state) {
        Command.Subscribe command =
                new Command.Subscribe(from().id(), request.streamId(), linkId, request.subscription());
        Decision decision = session().engine().decide(state, command);
        if (decision instanceof Decision.Rejected) {
            return decision;
        }
        return session()
                .links()
                .refusal(from().id(), request.streamId())
                .map(this::refuse)
                .orElse(decision);
    }

    @Override
    ServerMessage.Reply replyTo(Decision.Accepted decision) {
        return new ServerMessage.Subscribed(id(), linkId);
    }
}
