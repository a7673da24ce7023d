package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The router's open ends of the links of one session, by link and by stream. Belongs to the session's loop. */
final class OpenEnds {
    private final Map<LinkId, PublisherEnd> publishers = new LinkedHashMap<>();
    private final Map<LinkId, SubscriberEnd> subscribers = new LinkedHashMap<>();

    void add(LinkId linkId, PublisherEnd end) {
        publishers.put(linkId, end);
    }

    void add(LinkId linkId, SubscriberEnd end) {
        subscribers.put(linkId, end);
    }

    @Nullable
    PublisherEnd publisher(LinkId linkId) {
        return publishers.get(linkId);
    }

    @Nullable
    SubscriberEnd subscriber(LinkId linkId) {
        return subscribers.get(linkId);
    }

    /** {@return the ends of publishers' links, a live view} */
    Collection<PublisherEnd> publishers() {
        return publishers.values();
    }

    /** {@return the ends of subscribers' links, a live view} */
    Collection<SubscriberEnd> subscribers() {
        return subscribers.values();
    }

    /** {@return the links of publishers, a copy} */
    List<LinkId> publisherLinks() {
        return List.copyOf(publishers.keySet());
    }

    Stream<PublisherEnd> publishersOf(RoutedStream stream) {
        return publishers.values().stream().filter(end -> end.stream() == stream);
    }

    Stream<SubscriberEnd> subscribersOf(RoutedStream stream) {
        return subscribers.values().stream().filter(end -> end.stream() == stream);
    }

    /** {@return whether a stream arrives at the router and passes to all of its subscribers} */
    boolean isForwarded(StreamId streamId) {
        return publishers.values().stream().anyMatch(end -> end.stream().id().equals(streamId) && end.isConnected())
                && subscribers.values().stream()
                        .filter(end -> end.stream().id().equals(streamId))
                        .allMatch(SubscriberEnd::isConnected);
    }

    /** {@return all links, those of publishers first} */
    List<LinkId> links() {
        return links(end -> true, end -> true);
    }

    /** {@return the links of a stream} */
    List<LinkId> linksOf(StreamId streamId) {
        return links(
                end -> end.stream().id().equals(streamId),
                end -> end.stream().id().equals(streamId));
    }

    /** {@return the links of a connection: those of its streams and its subscriptions} */
    List<LinkId> linksOf(ConnectionId id) {
        return links(
                end -> end.stream().info().connectionId().equals(id),
                end -> end.subscriber().equals(id));
    }

    private List<LinkId> links(Predicate<PublisherEnd> ofPublisher, Predicate<SubscriberEnd> ofSubscriber) {
        List<LinkId> links = new ArrayList<>();
        publishers.forEach((linkId, end) -> {
            if (ofPublisher.test(end)) {
                links.add(linkId);
            }
        });
        subscribers.forEach((linkId, end) -> {
            if (ofSubscriber.test(end)) {
                links.add(linkId);
            }
        });
        return links;
    }

    /** {@return the links of publishers whose subscribers have all closed their ends, with these ends} */
    Map<LinkId, PublisherEnd> unwatched() {
        Set<RoutedStream> watched = subscribers.values().stream()
                .filter(SubscriberEnd::isOpen)
                .map(SubscriberEnd::stream)
                .collect(Collectors.toSet());
        Map<LinkId, PublisherEnd> unwatched = new LinkedHashMap<>(publishers);
        unwatched.values().removeIf(end -> watched.contains(end.stream()));
        return unwatched;
    }

    /** {@return whether a client uses an end} */
    boolean isInUse() {
        return subscribers.values().stream().anyMatch(SubscriberEnd::isOpen)
                || publishers.values().stream().anyMatch(PublisherEnd::isOpen);
    }

    boolean isEmpty() {
        return publishers.isEmpty() && subscribers.isEmpty();
    }

    /** {@return whether an end of this link was open; it is closed now} */
    boolean close(LinkId linkId) {
        PublisherEnd publisher = publishers.remove(linkId);
        if (publisher != null) {
            publisher.close();
        }
        SubscriberEnd subscriber = subscribers.remove(linkId);
        if (subscriber != null) {
            subscriber.close();
        }
        return publisher != null || subscriber != null;
    }
}
