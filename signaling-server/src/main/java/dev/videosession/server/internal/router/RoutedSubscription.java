package dev.videosession.server.internal.router;

import dev.videosession.protocol.sdp.SessionDescription;

/** The end of a router that sends one stream to one subscriber. All methods may be called on any thread and return at once. */
public interface RoutedSubscription extends AutoCloseable {
    /**
     * Takes the answer of the subscriber to an offer. Ignored unless it answers the last one.
     *
     * @param number of the offer
     * @param answer without candidates
     */
    void answer(int number, SessionDescription answer);

    /** Asks for an offer with an ICE restart. Requests that overlap may be served by one offer. */
    void restart();

    /**
     * Changes what is sent, without a negotiation.
     *
     * @param layers the new choice
     */
    void select(Layers layers);

    /** Stops the media at once and releases the end. */
    @Override
    void close();
}
