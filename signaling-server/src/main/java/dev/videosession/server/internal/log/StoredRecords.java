package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.EndVisitor;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The side records of one session in memory. The event that ends a connection or stream removes its records. Thread-safe: the servers of
 * one process share it.
 */
public final class StoredRecords implements SessionRecords, SideRecord.Visitor {
    private final Map<ConnectionId, StoredConnection> connections = new HashMap<>();
    private final Map<StreamId, Map<LinkId, Link>> linksOfStreams = new HashMap<>();
    private final Map<ConnectionId, Map<LinkId, Link>> linksOfSubscribers = new HashMap<>();
    private final Map<ConnectionId, EndRecord> ended = new HashMap<>(0);
    private final LoggedEvent.Visitor<Void> ends = new Ends();

    /**
     * The record of a connection and its replies. There is one for each connection, so it creates its objects only when they are needed.
     */
    private static final class StoredConnection {
        long epoch;
        long lastResume;

        @Nullable
        ClientRecord client;

        @Nullable
        ReplyMemory replies;

        void set(ConnectionRecord changed) {
            epoch = changed.epoch();
            lastResume = changed.lastResume();
            client = changed.client();
        }
    }

    /** Creates records without content. */
    public StoredRecords() {}

    synchronized Map<ConnectionId, Long> owners() {
        Map<ConnectionId, Long> owners = new HashMap<>();
        connections.forEach((id, connection) -> owners.put(id, connection.epoch));
        return owners;
    }

    /** {@return whether the guard's server owns the guard's connection} */
    synchronized boolean permits(Guard guard) {
        StoredConnection found = connections.get(guard.connectionId());
        return (found == null ? Guard.NO_OWNER : found.epoch) == guard.epoch();
    }

    /**
     * Applies a step that was appended. A step of several commands may end what it began, so its entries are applied after its records.
     *
     * @param step the step that was written
     */
    public synchronized void follow(Append step) {
        List<SideRecord> records = step.records();
        for (int i = 0; i < records.size(); i++) {
            records.get(i).accept(this);
        }
        List<List<LoggedEvent>> entries = step.entries();
        for (int i = 0; i < entries.size(); i++) {
            follow(entries.get(i));
        }
    }

    /**
     * Removes the records of what has ended.
     *
     * @param events of an entry
     */
    public synchronized void follow(List<LoggedEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            events.get(i).accept(ends);
        }
    }

    /**
     * Replaces everything that is known of one connection, links apart.
     *
     * @param id the connection
     * @param record its record, or null if it has none
     * @param replies in order
     * @param newestForgotten id of the newest request whose reply was forgotten, 0 for none
     */
    public synchronized void replace(
            ConnectionId id, @Nullable ConnectionRecord record, List<SideRecord.Reply> replies, long newestForgotten) {
        connections.remove(id);
        ended.remove(id);
        if (record != null) {
            onPutConnection(new SideRecord.PutConnection(record));
            replies.forEach(this::onReply);
            if (newestForgotten > 0) {
                memory(Objects.requireNonNull(connections.get(id))).forget(newestForgotten);
            }
        }
    }

    /**
     * Keeps how a connection ended, until it is replaced.
     *
     * @param id the connection
     * @param end how it ended
     */
    public synchronized void putEnd(ConnectionId id, EndRecord end) {
        ended.clear();
        ended.put(id, end);
    }

    /**
     * Replaces the record of a connection. Its replies stay.
     *
     * @param id the connection
     * @param record its record, or null if it has none
     */
    public synchronized void put(ConnectionId id, @Nullable ConnectionRecord record) {
        if (record == null) {
            connections.remove(id);
        } else {
            onPutConnection(new SideRecord.PutConnection(record));
        }
    }

    /**
     * Removes links, before those that are open are put again.
     *
     * @param end whose subscriptions are removed
     * @param streams whose links are removed
     */
    public synchronized void forgetLinks(ConnectionId end, Collection<StreamId> streams) {
        removeSubscriptions(end);
        streams.forEach(this::removeStream);
    }

    @Override
    public synchronized Optional<EndRecord> end(ConnectionId connection) {
        return Optional.ofNullable(ended.get(connection));
    }

    @Override
    public void onReply(SideRecord.Reply written) {
        StoredConnection found = connections.get(written.connectionId());
        if (found == null) {
            return;
        }
        memory(found).remember(written.requestId(), written.reply());
    }

    private static ReplyMemory memory(StoredConnection connection) {
        ReplyMemory replies = connection.replies;
        if (replies == null) {
            replies = new ReplyMemory();
            connection.replies = replies;
        }
        return replies;
    }

    @Override
    public void onPutConnection(SideRecord.PutConnection written) {
        ConnectionRecord changed = written.connection();
        connections
                .computeIfAbsent(changed.connectionId(), id -> new StoredConnection())
                .set(changed);
    }

    @Override
    public synchronized void onPutLink(SideRecord.PutLink written) {
        Link link = written.link();
        linksOfStreams.computeIfAbsent(link.streamId(), id -> new HashMap<>()).put(link.linkId(), link);
        linksOfSubscribers
                .computeIfAbsent(link.subscriber(), id -> new HashMap<>())
                .put(link.linkId(), link);
    }

    @Override
    public void onRemoveLink(SideRecord.RemoveLink written) {
        Link link = written.link();
        remove(linksOfStreams, link.streamId(), link.linkId());
        remove(linksOfSubscribers, link.subscriber(), link.linkId());
    }

    @Override
    public void onMail(SideRecord.Mail written) {
        // kept by a log that other servers read
    }

    @Override
    public void onLinkNotice(SideRecord.LinkNotice written) {
        // sent by a log that other servers read
    }

    @Override
    public void onHook(SideRecord.Hook written) {
        // kept by a log that other servers read
    }

    private static <K> void remove(Map<K, Map<LinkId, Link>> index, K key, LinkId id) {
        index.computeIfPresent(key, (k, links) -> {
            links.remove(id);
            return links.isEmpty() ? null : links;
        });
    }

    @Override
    public synchronized Optional<ServerMessage.Reply> reply(ConnectionId connection, long requestId) {
        StoredConnection found = connections.get(connection);
        ReplyMemory replies = found == null ? null : found.replies;
        return replies == null ? Optional.empty() : replies.find(requestId);
    }

    @Override
    public synchronized boolean isForgotten(ConnectionId connection, long requestId) {
        StoredConnection found = connections.get(connection);
        ReplyMemory replies = found == null ? null : found.replies;
        return replies != null && replies.isForgotten(requestId);
    }

    @Override
    public synchronized Optional<ConnectionRecord> connection(ConnectionId connection) {
        return Optional.ofNullable(connections.get(connection))
                .map(found -> new ConnectionRecord(connection, found.epoch, found.lastResume, found.client));
    }

    @Override
    public synchronized List<Link> links() {
        return linksOfStreams.values().stream()
                .flatMap(links -> links.values().stream())
                .toList();
    }

    private void removeSubscriptions(ConnectionId subscriber) {
        Map<LinkId, Link> links = linksOfSubscribers.remove(subscriber);
        if (links != null) {
            links.values().forEach(link -> remove(linksOfStreams, link.streamId(), link.linkId()));
        }
    }

    private void removeStream(StreamId streamId) {
        Map<LinkId, Link> links = linksOfStreams.remove(streamId);
        if (links != null) {
            links.values().forEach(link -> remove(linksOfSubscribers, link.subscriber(), link.linkId()));
        }
    }

    /** Removes the records that end with a connection or a stream. */
    private final class Ends extends EndVisitor {
        @Override
        protected void connectionEnded(LoggedEvent.ConnectionDestroyed event) {
            connections.remove(event.connectionId());
            removeSubscriptions(event.connectionId());
        }

        @Override
        protected void streamEnded(LoggedEvent.StreamDestroyed event) {
            removeStream(event.streamId());
        }
    }
}
