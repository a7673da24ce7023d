package dev.videosession.server.internal.effect;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.limit.LinkAllowance;
import dev.videosession.server.internal.link.LinkParticipants;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.HeldMemory;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.outbox.Outbox;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one session that this server holds, with or without a socket. Belongs to the session's loop.
 */
public final class LocalConnections implements LinkParticipants {
    private final MessageEncoder encoder;
    private final Deliveries deliveries;
    private final MemoryBudget memory;
    private final SubscriptionChanges subscriptions;
    private final Map<ConnectionId, ClientConnection> connections = new HashMap<>();
    private final Map<ConnectionId, HeldMemory> parked = new HashMap<>();
    private @Nullable BiConsumer<ConnectionId, ServerMessage> elsewhere;

    /** Follows which connections subscribe to a stream. */
    @FunctionalInterface
    public interface SubscriptionChanges {
        /**
         * Called after a connection opened or closed a link as its subscriber.
         *
         * @param subscriber the connection
         * @param subscribing whether it has a subscription now
         */
        void changed(ConnectionId subscriber, boolean subscribing);
    }

    /**
     * Creates an empty set.
     *
     * @param encoder encodes messages
     * @param deliveries of the session
     * @param memory what may be held for clients
     * @param subscriptions follows which connections subscribe
     */
    public LocalConnections(
            MessageEncoder encoder, Deliveries deliveries, MemoryBudget memory, SubscriptionChanges subscriptions) {
        this.encoder = encoder;
        this.deliveries = deliveries;
        this.memory = memory;
        this.subscriptions = subscriptions;
    }

    /**
     * Adds a connection.
     *
     * @param connection with its socket
     */
    public void add(ClientConnection connection) {
        connections.put(connection.id(), connection);
    }

    /**
     * Finds a connection.
     *
     * @param id its id
     * @return the connection, or null if this server does not hold it
     */
    public @Nullable ClientConnection find(ConnectionId id) {
        return connections.get(id);
    }

    /**
     * Tells whether a connection is still held.
     *
     * @param connection the connection
     * @return false once it has ended
     */
    public boolean holds(ClientConnection connection) {
        return connections.get(connection.id()) == connection;
    }

    /**
     * Returns the connections.
     *
     * @return a live view, in no order
     */
    public Collection<ClientConnection> all() {
        return Collections.unmodifiableCollection(connections.values());
    }

    /** Removes a connection that has ended and frees what is parked for it. Returns null if this server does not hold it. */
    @Nullable
    ClientConnection remove(ConnectionId id) {
        ClientConnection gone = connections.remove(id);
        if (gone != null) {
            stopParking(gone);
        }
        return gone;
    }

    /**
     * Counts what is parked for a connection that has lost its socket.
     *
     * @param lost the connection
     * @param release ends the connection; called on any thread when there is no more room
     */
    public void startParking(ClientConnection lost, Runnable release) {
        HeldMemory held = new HeldMemory(lost::parkedBytes, release);
        parked.put(lost.id(), held);
        memory.add(held);
    }

    /**
     * Stops counting what is parked for a connection.
     *
     * @param connection one that has a socket again, or has ended
     */
    public void stopParking(ClientConnection connection) {
        HeldMemory held = parked.remove(connection.id());
        if (held != null) {
            memory.remove(held);
        }
    }

    /**
     * Sends a message to a connection that has a socket. A reply is never parked: the client asks again after a resume.
     *
     * @param connection the recipient
     * @param message the message
     */
    public void reply(ClientConnection connection, ServerMessage message) {
        Outbox outbox = connection.outbox();
        if (outbox != null) {
            deliveries.send(outbox, encoder.encode(message));
        }
    }

    /**
     * Sets the way to connections of other servers.
     *
     * @param sender gets messages for connections that this server does not hold
     */
    public void sendElsewhere(BiConsumer<ConnectionId, ServerMessage> sender) {
        elsewhere = sender;
    }

    @Override
    public void tell(ConnectionId to, ServerMessage message) {
        BiConsumer<ConnectionId, ServerMessage> sender = elsewhere;
        if (sender != null && !connections.containsKey(to)) {
            sender.accept(to, message);
        } else {
            tellHere(to, message);
        }
    }

    @Override
    public void tellHere(ConnectionId to, ServerMessage message) {
        ClientConnection connection = connections.get(to);
        if (connection == null) {
            return;
        }
        byte[] utf8 = encoder.encode(message);
        Outbox outbox = connection.outbox();
        if (outbox != null && connection.isReachable()) {
            deliveries.send(outbox, utf8);
        } else if (!connection.park(utf8)) {
            endIfLost(connection);
        }
    }

    /**
     * Counts a message that waits in the log for a connection. The connection ends if more wait for it than may be parked.
     *
     * @param connection one whose client cannot receive messages now
     * @param bytes length of the message
     */
    public void countWaiting(ClientConnection connection, int bytes) {
        if (!connection.countWaiting(bytes)) {
            endIfLost(connection);
        }
    }

    private void endIfLost(ClientConnection connection) {
        HeldMemory held = parked.get(connection.id());
        if (held != null) {
            held.release();
        }
    }

    @Override
    public @Nullable LinkAllowance allowance(ConnectionId id) {
        ClientConnection connection = connections.get(id);
        return connection == null ? null : connection.throttle().links();
    }

    @Override
    public @Nullable String token(ConnectionId id) {
        ClientConnection connection = connections.get(id);
        return connection == null ? null : connection.pass().fingerprint();
    }

    @Override
    public boolean understands(ConnectionId id, Feature feature) {
        ClientConnection connection = connections.get(id);
        return connection == null ? elsewhere != null : connection.understands(feature);
    }

    @Override
    public void subscriptionsChanged(ConnectionId subscriber, boolean subscribing) {
        subscriptions.changed(subscriber, subscribing);
    }
}
