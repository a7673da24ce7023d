package dev.videosession.server.internal.state;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.Subscription;

/**
 * A media link.
 *
 * @param linkId its id
 * @param streamId the stream that it carries
 * @param publisher the connection that publishes the stream
 * @param subscriber the connection that receives the stream
 * @param subscription what the subscriber receives
 */
public record Link(
        LinkId linkId, StreamId streamId, ConnectionId publisher, ConnectionId subscriber, Subscription subscription) {
    /**
     * Changes what the subscriber receives.
     *
     * @param changed what it receives from now on
     * @return the changed link
     */
    public Link with(Subscription changed) {
        return new Link(linkId, streamId, publisher, subscriber, changed);
    }

    /**
     * Changes the end that sends.
     *
     * @param other what sends instead of the publisher
     * @return the changed link
     */
    public Link withPublisher(ConnectionId other) {
        return new Link(linkId, streamId, other, subscriber, subscription);
    }

    /**
     * {@return the other end}
     *
     * @param end one end
     */
    public ConnectionId otherThan(ConnectionId end) {
        return end.equals(publisher) ? subscriber : publisher;
    }
}
