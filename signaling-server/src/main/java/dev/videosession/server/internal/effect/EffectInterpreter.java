package dev.videosession.server.internal.effect;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.rules.Effect;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the effects of one session for the connections that this server holds. No other code acts on a connection in
 * consequence of a command. Belongs to the session's loop.
 */
public final class EffectInterpreter implements Effect.Visitor {
    private static final Logger LOG = LoggerFactory.getLogger(EffectInterpreter.class);

    private final SessionId session;
    private final MessageEncoder encoder;
    private final ServerMetrics metrics;
    private final LocalConnections connections;
    private final LinkBroker links;
    private final Deliveries deliveries;
    private final ProjectLoad.Share project;
    private final DisconnectTombstones tombstones;
    private final boolean mailed;

    /**
     * Creates the interpreter of one session.
     *
     * @param session its id, for log lines
     * @param encoder encodes messages
     * @param metrics counts connections that end
     * @param connections of the session that this server holds
     * @param links of the session
     * @param deliveries of the session
     * @param project counts the project's connections
     * @param tombstones remember how connections ended
     * @param mailed whether the log delivers messages for one connection
     */
    public EffectInterpreter(
            SessionId session,
            MessageEncoder encoder,
            ServerMetrics metrics,
            LocalConnections connections,
            LinkBroker links,
            Deliveries deliveries,
            ProjectLoad.Share project,
            DisconnectTombstones tombstones,
            boolean mailed) {
        this.session = session;
        this.encoder = encoder;
        this.metrics = metrics;
        this.connections = connections;
        this.links = links;
        this.deliveries = deliveries;
        this.project = project;
        this.tombstones = tombstones;
        this.mailed = mailed;
    }

    /**
     * Runs effects.
     *
     * @param effects in this order
     */
    public void run(List<Effect> effects) {
        for (Effect effect : effects) {
            effect.accept(this);
        }
    }

    @Override
    public void onDisconnectClient(Effect.DisconnectClient effect) {
        ClientConnection gone = connections.remove(effect.connectionId());
        if (gone == null) {
            return;
        }
        project.leave();
        metrics.disconnected(effect.reason(), effect.detail());
        LOG.info(
                "event=disconnected session={} connection={} reason={} detail={} connections={} address={}",
                session,
                effect.connectionId(),
                effect.reason().wireName(),
                effect.detail().wireName(),
                connections.all().size(),
                gone.address().host().getHostAddress());
        ServerMessage.Disconnected message =
                new ServerMessage.Disconnected(effect.reason(), effect.detail(), effect.message());
        CloseCode code = CloseCode.of(effect.detail());
        Outbox outbox = gone.outbox();
        if (outbox != null) {
            deliveries.dismiss(outbox);
            deliveries.finish(outbox, encoder.encode(message), code);
        }
        if (effect.reason() != DisconnectReason.CLIENT_DISCONNECTED) {
            tombstones.put(gone.id(), gone.keys(), new DisconnectTombstones.Tombstone(message, code));
        }
    }

    @Override
    public void onReleaseClient(Effect.ReleaseClient effect) {
        if (effect.connectionId().equals(ServerMessage.LinkOpened.ROUTER)) {
            links.router().release();
        } else {
            ClientConnection held = connections.find(effect.connectionId());
            boolean replaced = held != null && held.lastResume() < effect.lastResume();
            release(effect.connectionId(), replaced ? CloseCode.REPLACED : CloseCode.INTERNAL_ERROR);
        }
    }

    private void release(ConnectionId id, CloseCode code) {
        ClientConnection gone = connections.remove(id);
        if (gone == null) {
            return;
        }
        project.leave();
        metrics.released();
        Outbox outbox = gone.outbox();
        if (outbox != null) {
            deliveries.dismiss(outbox);
            deliveries.finish(outbox, null, code);
        }
        links.remote().connectionReleased(id);
    }

    /**
     * Closes the socket of a client so that it resumes, at this server or at another one, and forgets its connection.
     *
     * @param id the connection
     */
    public void abandon(ConnectionId id) {
        release(id, CloseCode.INTERNAL_ERROR);
    }

    @Override
    public void onCloseConnectionLinks(Effect.CloseConnectionLinks effect) {
        links.connectionEnded(effect.connectionId());
    }

    @Override
    public void onCloseStreamLinks(Effect.CloseStreamLinks effect) {
        links.streamEnded(effect.streamId());
    }

    @Override
    public void onBroadcast(Effect.Broadcast effect) {
        if (deliveries.hasRecipients()) {
            byte[] message = encoder.encode(effect.event(), effect.sequence());
            deliveries.broadcast(message, effect.event().isAboutConnection());
        }
    }

    @Override
    public void onSendTo(Effect.SendTo effect) {
        if (!mailed) {
            connections.tell(effect.connectionId(), effect.message());
        }
    }

    @Override
    public void onOpenLink(Effect.OpenLink effect) {
        links.open(effect.link());
    }

    @Override
    public void onUpdateLink(Effect.UpdateLink effect) {
        links.update(effect.link(), effect.subscription());
    }

    @Override
    public void onCloseLink(Effect.CloseLink effect) {
        links.unsubscribe(effect.link());
    }

    @Override
    public void onCloseLinkOverBudget(Effect.CloseLinkOverBudget effect) {
        links.closeOverBudget(effect.link(), effect.sender());
    }
}
