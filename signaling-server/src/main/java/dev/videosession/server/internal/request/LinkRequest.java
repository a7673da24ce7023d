package dev.videosession.server.internal.request;

import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.link.negotiation.LinkRefusal;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.Link;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request about a media link. It is decided when everything before it was applied, because the links are then up to date. */
abstract class LinkRequest extends RequestOperation {
    private @Nullable LinkRefusal refusal;

    LinkRequest(RequestContext session, ClientConnection from, long id) {
        super(session, from, id);
    }

    @Override
    protected boolean mayFollow(Append batch) {
        return false;
    }

    final Decision refuse(LinkRefusal why) {
        refusal = why;
        return new Decision.Rejected(why.code(), why.message());
    }

    final Optional<Link> subscription(LinkId linkId) {
        return session().links().subscription(linkId, from().id());
    }

    @Override
    ServerMessage.Reply replyTo(Decision.Rejected decision) {
        return refusal == null ? super.replyTo(decision) : refusal.toReply(id());
    }
}
