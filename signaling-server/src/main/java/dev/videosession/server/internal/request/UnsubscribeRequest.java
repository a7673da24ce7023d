package dev.videosession.server.internal.request;

import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.state.LoggedState;

/** Closes a link. */
final class UnsubscribeRequest extends LinkRequest {
    private final ClientMessage.Unsubscribe request;

    UnsubscribeRequest(RequestContext session, ClientConnection from, ClientMessage.Unsubscribe request) {
        super(session, from, request.id());
        this.request = request;
    }

    @Override
    Decision decideNew(LoggedState state) {
        return subscription(request.linkId())
                .<Decision>map(link -> Decision.Accepted.with(new Effect.CloseLink(link)))
                .orElseGet(() -> refuse(LinkRefusal.noSuchSubscription()));
    }
}
