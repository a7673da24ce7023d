package dev.videosession.server.internal.session;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;
import org.jspecify.annotations.Nullable;

/**
 * Writes that the link from a publisher to the router has changed, and makes the change, while this server has the lease of the
 * router and the stream exists.
 */
final class PublisherLinkChange extends Operation {
    private final SharedRouterLease lease;
    private final @Nullable Link closed;
    private final Link opened;
    private final Runnable then;
    private boolean valid;

    PublisherLinkChange(SharedRouterLease lease, @Nullable Link closed, Link opened, Runnable then) {
        super(ServerMessage.LinkOpened.ROUTER);
        this.lease = lease;
        this.closed = closed;
        this.opened = opened;
        this.then = then;
    }

    @Override
    protected boolean mayFollow(Append batch) {
        return false;
    }

    @Override
    protected Decision decide(LoggedState current) {
        valid = lease.isHeld() && current.stream(opened.streamId()) != null;
        return Decision.Accepted.NOTHING;
    }

    @Override
    protected void write(Decision decision, Append step) {
        if (valid) {
            if (closed != null) {
                step.record(new SideRecord.RemoveLink(closed));
            }
            step.record(new SideRecord.PutLink(opened));
        }
    }

    @Override
    protected void applied(Decision.Accepted accepted) {
        if (valid && lease.isHeld()) {
            then.run();
        }
    }

    @Override
    protected void recovered() {
        lease.engine().submit(this);
    }
}
