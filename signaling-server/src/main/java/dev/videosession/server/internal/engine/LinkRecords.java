package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.LinkCloseReason;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.state.Link;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Adds to a step of the log what it keeps of the links that a command opens, changes or closes, and of the messages that it sends
 * to one connection, if another server may own that.
 */
final class LinkRecords implements Effect.Visitor {
    private final Append step;
    private final boolean shared;
    private final UnaryOperator<Link> actual;

    /** Which end of a new link sends is known only where the links are: see {@link ClusterListener#actual}. */
    LinkRecords(Append step, boolean shared, UnaryOperator<Link> actual) {
        this.step = step;
        this.shared = shared;
        this.actual = actual;
    }

    void write(List<Effect> effects) {
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).accept(this);
        }
    }

    @Override
    public void onOpenLink(Effect.OpenLink effect) {
        step.record(new SideRecord.PutLink(effect.link()));
        if (shared) {
            Link link = actual.apply(effect.link());
            notice(
                    link.publisher(),
                    new ServerMessage.LinkOpened(
                            link.linkId(), link.streamId(), link.subscriber(), link.subscription()));
        }
    }

    @Override
    public void onUpdateLink(Effect.UpdateLink effect) {
        Link link = effect.link();
        step.record(new SideRecord.PutLink(link.with(effect.subscription())));
        notice(link.publisher(), new ServerMessage.LinkUpdated(link.linkId(), effect.subscription()));
    }

    @Override
    public void onCloseLink(Effect.CloseLink effect) {
        Link link = effect.link();
        step.record(new SideRecord.RemoveLink(link));
        notice(link.publisher(), new ServerMessage.LinkClosed(link.linkId()));
    }

    @Override
    public void onCloseLinkOverBudget(Effect.CloseLinkOverBudget effect) {
        Link link = effect.link();
        step.record(new SideRecord.RemoveLink(link));
        ServerMessage closed = new ServerMessage.LinkClosed(link.linkId(), LinkCloseReason.RATE_LIMIT);
        notice(link.publisher(), closed);
        notice(link.subscriber(), closed);
    }

    private void notice(ConnectionId to, ServerMessage message) {
        if (shared) {
            step.record(new SideRecord.LinkNotice(to, message));
        }
    }

    @Override
    public void onCloseConnectionLinks(Effect.CloseConnectionLinks effect) {
        // the log removes these links with the connection
    }

    @Override
    public void onCloseStreamLinks(Effect.CloseStreamLinks effect) {
        // the log removes these links with the stream
    }

    @Override
    public void onDisconnectClient(Effect.DisconnectClient effect) {
        // not about a link
    }

    @Override
    public void onReleaseClient(Effect.ReleaseClient effect) {
        // not about a link
    }

    @Override
    public void onBroadcast(Effect.Broadcast effect) {
        // not about a link
    }

    @Override
    public void onSendTo(Effect.SendTo effect) {
        if (shared) {
            step.record(new SideRecord.Mail(effect.connectionId(), effect.message()));
        }
    }
}
