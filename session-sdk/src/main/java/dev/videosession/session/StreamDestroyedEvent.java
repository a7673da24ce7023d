package dev.videosession.session;

import dev.videosession.protocol.StreamDestroyReason;

/**
 * A stream has ended. Default action: at a session, the stream's subscribers are destroyed; at a publisher, the publisher
 * is destroyed, or published again if its session has started over ({@link #startingOver()}, see
 * {@link SessionEvent.SessionReconnected}). If prevented, subscribers keep the last frame and the publisher may be published
 * again.
 */
public final class StreamDestroyedEvent extends CancelableEvent implements SessionEvent {
    private final Stream stream;
    private final StreamDestroyReason reason;
    private final boolean startingOver;

    /**
     * Creates an event of a stream that ended for good.
     *
     * @param stream the stream that ended
     * @param reason why it ended
     */
    public StreamDestroyedEvent(Stream stream, StreamDestroyReason reason) {
        this(stream, reason, false);
    }

    /**
     * Creates an event.
     *
     * @param stream the stream that ended
     * @param reason why it ended
     * @param startingOver whether the default action is to publish again
     */
    public StreamDestroyedEvent(Stream stream, StreamDestroyReason reason, boolean startingOver) {
        this.stream = stream;
        this.reason = reason;
        this.startingOver = startingOver;
    }

    @Override
    public String type() {
        return "streamDestroyed";
    }

    /** {@return the stream that ended} */
    public Stream stream() {
        return stream;
    }

    /** {@return why it ended} */
    public StreamDestroyReason reason() {
        return reason;
    }

    /**
     * {@return the default action at a publisher: true if it will be published again because its session has started over,
     * false if it will be destroyed}
     */
    public boolean startingOver() {
        return startingOver;
    }

    @Override
    public String toString() {
        return "StreamDestroyedEvent[" + stream.id() + ", " + reason.wireName() + "]";
    }

    @Override
    public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
        return visitor.onStreamDestroyed(this, parameter);
    }
}
