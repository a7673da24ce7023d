package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.Link;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The open links of one session, found by id, by end and by stream. Belongs to the session's loop. */
public final class LinkTable {
    private final Map<LinkId, Link> links = new HashMap<>();
    private final Map<ConnectionId, Set<LinkId>> byEnd = new HashMap<>();
    private final Map<StreamId, Set<LinkId>> byStream = new HashMap<>();

    private final Map<ConnectionId, Set<StreamId>> subscribed = new HashMap<>();

    /** Creates an empty table. */
    public LinkTable() {}

    /**
     * Adds a link.
     *
     * @param link with an id that was never used, the only one between its subscriber and its stream
     */
    public void open(Link link) {
        links.put(link.linkId(), link);
        byEnd.computeIfAbsent(link.publisher(), id -> new LinkedHashSet<>()).add(link.linkId());
        byEnd.computeIfAbsent(link.subscriber(), id -> new LinkedHashSet<>()).add(link.linkId());
        byStream.computeIfAbsent(link.streamId(), id -> new LinkedHashSet<>()).add(link.linkId());
        subscribed.computeIfAbsent(link.subscriber(), id -> new HashSet<>()).add(link.streamId());
    }

    /**
     * Changes what the subscriber of an open link receives.
     *
     * @param link the link
     * @param subscription what it receives from now on
     */
    public void change(Link link, Subscription subscription) {
        links.computeIfPresent(link.linkId(), (id, old) -> old.with(subscription));
    }

    /**
     * Finds a link for one of its ends.
     *
     * @param linkId its id
     * @param end the connection that names it
     * @return the link, or null if there is none or the connection is not one of its ends
     */
    public @Nullable Link find(LinkId linkId, ConnectionId end) {
        Link link = links.get(linkId);
        return link != null
                        && (link.publisher().equals(end) || link.subscriber().equals(end))
                ? link
                : null;
    }

    /**
     * Removes a link.
     *
     * @param link the link
     */
    public void close(Link link) {
        if (links.remove(link.linkId()) == null) {
            return;
        }
        remove(subscribed, link.subscriber(), link.streamId());
        remove(byEnd, link.publisher(), link.linkId());
        remove(byEnd, link.subscriber(), link.linkId());
        remove(byStream, link.streamId(), link.linkId());
    }

    /**
     * Returns the links of a stream.
     *
     * @param streamId the stream
     * @return a copy
     */
    public List<Link> ofStream(StreamId streamId) {
        return resolve(byStream.get(streamId));
    }

    /**
     * Returns the links of a connection.
     *
     * @param end the connection, as publisher or subscriber
     * @return a copy
     */
    public List<Link> ofConnection(ConnectionId end) {
        return resolve(byEnd.get(end));
    }

    /**
     * Counts the links that a connection opened.
     *
     * @param subscriber the connection
     * @return how many it receives by
     */
    public int countOpenedBy(ConnectionId subscriber) {
        return subscribed.getOrDefault(subscriber, Set.of()).size();
    }

    /**
     * Counts the links of a stream.
     *
     * @param streamId the stream
     * @return how many subscribers it has
     */
    public int countOf(StreamId streamId) {
        return byStream.getOrDefault(streamId, Set.of()).size();
    }

    /**
     * Tells whether a connection has a link to a stream.
     *
     * @param subscriber the connection
     * @param streamId the stream
     * @return true if it is subscribed
     */
    public boolean isSubscribed(ConnectionId subscriber, StreamId streamId) {
        return subscribed.getOrDefault(subscriber, Set.of()).contains(streamId);
    }

    private List<Link> resolve(@Nullable Set<LinkId> ids) {
        return ids == null
                ? List.of()
                : ids.stream().flatMap(id -> Stream.ofNullable(links.get(id))).toList();
    }

    private static <K, V> void remove(Map<K, Set<V>> index, K key, V value) {
        index.computeIfPresent(key, (k, ids) -> {
            ids.remove(value);
            return ids.isEmpty() ? null : ids;
        });
    }
}
