package dev.videosession.session;

/**
 * A publisher's source ended by itself: its camera or microphone was unplugged (noticed within some seconds), the
 * application ended its own source, or the screen was lost. Default action: the stream is unpublished with the reason
 * {@code mediaStopped} and the publisher is destroyed.
 */
public final class MediaStoppedEvent extends CancelableEvent {
    /** Creates an event. */
    public MediaStoppedEvent() {}
}
