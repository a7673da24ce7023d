package dev.videosession.server.internal.engine;

import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.rules.Effect;
import java.util.List;

/**
 * Adds to a step of the log what it keeps of the links that a command opens, changes or closes, and of the messages that it sends
 * to one connection, if another server may own that.
 */
final class LinkRecords implements Effect.Visitor {
    private final Append step;
    private final boolean shared;

    LinkRecords(Append step, boolean shared) {
        this.step = step;
        this.shared = shared;
    }

    void write(List<Effect> effects) {
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).accept(this);
        }
    }

    @Override
    public void onOpenLink(Effect.OpenLink effect) {
        step.record(new SideRecord.PutLink(effect.link()));
    }

    @Override
    public void onUpdateLink(Effect.UpdateLink effect) {
        step.record(new SideRecord.PutLink(effect.link().with(effect.subscription())));
    }

    @Override
    public void onCloseLink(Effect.CloseLink effect) {
        step.record(new SideRecord.RemoveLink(effect.link()));
    }

    @Override
    public void onCloseLinkOverBudget(Effect.CloseLinkOverBudget effect) {
        step.record(new SideRecord.RemoveLink(effect.link()));
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
