package dev.videosession.server.internal.router;

import dev.videosession.protocol.StreamId;

/**
 * The part of a router that belongs to one session. All methods may be called on any thread and return at once. After the
 * room is closed or lost they do nothing, and nothing calls back.
 */
public interface RouterRoom extends AutoCloseable {
    /**
     * Opens the end that receives a stream from its publisher. It waits for the publisher's offer.
     *
     * @param streamId the stream, not published in the room at the moment
     * @param listener receives answers and state changes
     * @return the open end
     */
    RoutedPublication publish(StreamId streamId, PublicationListener listener);

    /**
     * Opens an end that sends a stream to a subscriber. The offer follows when the publisher's media arrives.
     *
     * @param streamId the stream; it may be published later
     * @param layers what to send at first
     * @param listener receives offers and state changes
     * @return the open end
     */
    RoutedSubscription subscribe(StreamId streamId, Layers layers, SubscriptionListener listener);

    /** {@return whether the router has as many publications and subscriptions as it carries} */
    boolean isFull();

    /** Closes the room and everything in it. */
    @Override
    void close();
}
