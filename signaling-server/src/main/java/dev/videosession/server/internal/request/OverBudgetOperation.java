package dev.videosession.server.internal.request;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;

/** Closes a link one end of which sent too much. */
final class OverBudgetOperation extends Operation {
    private final RequestContext session;
    private final Link link;
    private final ConnectionId sender;

    OverBudgetOperation(RequestContext session, Link link, ConnectionId sender) {
        super(sender);
        this.session = session;
        this.link = link;
        this.sender = sender;
    }

    @Override
    protected boolean mayFollow(Append batch) {
        return false;
    }

    @Override
    protected Decision decide(LoggedState state) {
        return session.links().isOpen(link)
                ? Decision.Accepted.with(new Effect.CloseLinkOverBudget(link, sender))
                : Decision.Accepted.NOTHING;
    }

    @Override
    protected void recovered() {
        session.engine().submit(this);
    }
}
