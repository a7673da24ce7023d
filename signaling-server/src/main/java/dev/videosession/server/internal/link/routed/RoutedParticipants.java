package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.link.LinkParticipants;
import org.jspecify.annotations.Nullable;

/**
 * The participants of a routed session: its connections, and the router as one more. What is sent to the router reaches its ends here
 * if this server drives it, and otherwise the server that does. Keeps no state. Belongs to the session's loop.
 */
final class RoutedParticipants implements LinkParticipants {
    /** What the router forwards. */
    private static final int MAX_ENCODINGS = 3;

    private final LinkParticipants connections;
    private final RouterLease lease;
    private final RouterInbox inbox;

    RoutedParticipants(LinkParticipants connections, RouterLease lease, RouterEnds router) {
        this.connections = connections;
        this.lease = lease;
        this.inbox = new RouterInbox(router);
    }

    private static boolean isRouter(ConnectionId id) {
        return id.equals(ServerMessage.LinkOpened.ROUTER);
    }

    @Override
    public void tell(ConnectionId to, ServerMessage message) {
        if (isRouter(to)) {
            tellRouter(message);
        } else {
            connections.tell(to, withEncodings(message));
            if (message instanceof ServerMessage.LinkOpened opened && isRouter(opened.subscriber())) {
                tellRouter(new LinkMessage.Restart(opened.linkId())); // what it told the publisher may be lost
            }
        }
    }

    /** A publisher may offer several encodings to the router. The log has links without their number. */
    private static ServerMessage withEncodings(ServerMessage message) {
        return message instanceof ServerMessage.LinkOpened opened && isRouter(opened.subscriber())
                ? opened.withEncodings(MAX_ENCODINGS)
                : message;
    }

    /** A message that the router misses because no server drives it is replaced by the records that the next one reads. */
    private void tellRouter(ServerMessage message) {
        if (lease.isHeld()) {
            message.accept(inbox);
        } else {
            connections.tell(ServerMessage.LinkOpened.ROUTER, message);
            lease.require();
        }
    }

    @Override
    public void tellHere(ConnectionId to, ServerMessage message) {
        if (!isRouter(to)) {
            connections.tellHere(to, withEncodings(message));
        } else if (lease.isHeld()) {
            message.accept(inbox);
        } else if (message instanceof ServerMessage.LinkOpened) {
            lease.require();
        }
    }

    @Override
    public boolean isHere(ConnectionId id) {
        return isRouter(id) ? lease.isHeld() : connections.isHere(id);
    }

    @Override
    public @Nullable LinkAllowance allowance(ConnectionId id) {
        return isRouter(id) ? null : connections.allowance(id);
    }

    @Override
    public @Nullable String token(ConnectionId id) {
        return isRouter(id) ? null : connections.token(id);
    }

    @Override
    public boolean understands(ConnectionId id, Feature feature) {
        return isRouter(id) || connections.understands(id, feature);
    }

    @Override
    public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {
        if (!isRouter(subscriber)) {
            connections.subscriptionsChanged(subscriber, subscribing);
        }
    }
}
