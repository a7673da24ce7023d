package dev.videosession.session;

import dev.videosession.protocol.StreamDestroyReason;

/**
 * A stream has ended. Default action: at a session, the stream's subscribers are destroyed; at a publisher, the publisher
 * is destroyed, or published again if its session has started over ({@link #startingOver()}, see {@link SessionEvent.SessionReconnected}). If
 * prevented, subscribers keep the last picture and the publisher is free to be published again.
 */
public final class StreamDestroyedEvent extends CancelableEvent implements SessionEvent {
    private final EventTarget target;
    private final Stream stream;
    private final StreamDestroyReason reason;
    private final boolean startingOver;

    StreamDestroyedEvent(EventTarget target, Stream stream, StreamDestroyReason reason) {
        this(target, stream, reason, false);
    }

    StreamDestroyedEvent(EventTarget target, Stream stream, StreamDestroyReason reason, boolean startingOver) {
        this.startingOver = startingOver;
        this.target = target;
        this.stream = stream;
        this.reason = reason;
    }

    @Override
    public String type() {
        return "streamDestroyed";
    }

    /**
     * Returns whose listener is being called.
     *
     * @return the {@link Session} for a stream of another client, the {@link Publisher} for an own one
     */
    public EventTarget target() {
        return target;
    }

    /**
     * Returns the stream that ended.
     *
     * @return the stream
     */
    public Stream stream() {
        return stream;
    }

    /**
     * Returns why it ended.
     *
     * @return the reason
     */
    public StreamDestroyReason reason() {
        return reason;
    }

    /**
     * Tells which default action there is at a publisher.
     *
     * @return true if it will be published again, because its session has started over; false if it will be destroyed
     */
    public boolean startingOver() {
        return startingOver;
    }

    @Override
    public String toString() {
        return "StreamDestroyedEvent[" + stream.id() + ", " + reason.wireName() + "]";
    }
}
