package dev.videosession.server.internal.presence;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.engine.Operation;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.link.LinkBroker;
import dev.videosession.server.internal.link.RemoteLinkEnds;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.rules.Effect;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Makes the links of this server's connections those of the log, when another server may have changed them without this one knowing, or
 * when the log has lost some. Belongs to the session's loop.
 */
public final class LinkReconciler {
    /** A server whose clients subscribe may take so long to write what the log has lost. */
    public static final long WRITE_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final SessionEngine engine;
    private final SessionExecutor loop;
    private final LoggedState state;
    private final LocalConnections connections;
    private final LinkBroker links;

    /**
     * Creates the reconciler of a session.
     *
     * @param engine of the session
     * @param loop of the session
     * @param state of the session, read only
     * @param connections of the session that this server holds
     * @param links of the session
     */
    public LinkReconciler(
            SessionEngine engine,
            SessionExecutor loop,
            LoggedState state,
            LocalConnections connections,
            LinkBroker links) {
        this.engine = engine;
        this.loop = loop;
        this.state = state;
        this.connections = connections;
        this.links = links;
    }

    /**
     * Takes the links of a connection over, as they were read before the connection was.
     *
     * @param connection a connection of this server, whose client has no socket yet
     */
    void takeOver(ClientConnection connection) {
        try (RemoteLinkEnds.Reading reading = links.remote().read(connection.id())) {
            reading.takeOver(engine.openLinks());
        }
    }

    /**
     * Reads the links of a connection that was taken over: servers that did not know of that may have changed them meanwhile.
     *
     * @param connection a connection of this server
     */
    void confirm(ClientConnection connection) {
        read(connection, RemoteLinkEnds.Reading::confirm, () -> {});
    }

    /**
     * Reads the links of a connection, because messages about them may have been lost, or the log may have lost links. Subscriptions of
     * its client that the log lacks are written again, and what its client has closed is closed in the log again. Links to subscribers at
     * other servers that the log lacks are closed, unless their
     * servers write them again.
     *
     * @param connection a connection of this server
     * @param then called when the links were read, or cannot be read
     */
    public void renew(ClientConnection connection, Runnable then) {
        renew(connection, false, then);
    }

    private void renew(ClientConnection connection, boolean drops, Runnable then) {
        read(
                connection,
                (reading, logged) -> {
                    reading.renew(logged, drops);
                    reading.unwritten().forEach(link -> engine.submit(new WriteAgain(link)));
                    reading.unclosed().forEach(link -> engine.submit(new CloseAgain(link)));
                    if (reading.isUncertain()) {
                        var unused = loop.schedule(() -> renewAgain(connection), WRITE_AGAIN_NANOS);
                    }
                },
                then);
    }

    private void renewAgain(ClientConnection connection) {
        if (connections.holds(connection)) {
            renew(connection, true, () -> {});
        }
    }

    private void read(ClientConnection connection, BiConsumer<RemoteLinkEnds.Reading, List<Link>> use, Runnable then) {
        RemoteLinkEnds.Reading reading = links.remote().read(connection.id());
        engine.log().fetch(connection.id(), state.streamsOf(connection.id()), read -> {
            try (reading) {
                if (read && connections.holds(connection)) {
                    use.accept(reading, engine.openLinks());
                }
            } finally {
                then.run();
            }
        });
    }

    /** Writes a link that the log has lost, or lost a change of. Its publisher gets it again. */
    private final class WriteAgain extends Operation {
        private final ConnectionId subscriber;
        private final Link link;

        WriteAgain(Link link) {
            super(link.subscriber());
            this.subscriber = link.subscriber();
            this.link = link;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return false;
        }

        /** The client may have changed or ended the subscription since it was read. */
        @Override
        protected Decision decide(LoggedState current) {
            Link known = links.subscription(link.linkId(), subscriber).orElse(null);
            return known != null && known.equals(link) && current.stream(link.streamId()) != null
                    ? Decision.Accepted.with(new Effect.OpenLink(known))
                    : Decision.Accepted.NOTHING;
        }

        @Override
        protected void recovered() {
            engine.submit(this);
        }
    }

    /** Closes a link whose closing the log has lost. */
    private final class CloseAgain extends Operation {
        private final Link link;

        CloseAgain(Link link) {
            super(link.subscriber());
            this.link = link;
        }

        @Override
        protected boolean mayFollow(Append batch) {
            return false;
        }

        /** The link may be one that the client has just opened. */
        @Override
        protected Decision decide(LoggedState current) {
            return links.isOpen(link) || current.stream(link.streamId()) == null
                    ? Decision.Accepted.NOTHING
                    : Decision.Accepted.with(new Effect.CloseLink(link));
        }

        @Override
        protected void recovered() {
            engine.submit(this);
        }
    }
}
