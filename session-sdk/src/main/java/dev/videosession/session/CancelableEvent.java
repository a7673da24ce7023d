package dev.videosession.session;

/** An event with a default action that a listener may prevent. The action runs after the last listener was called. */
public abstract sealed class CancelableEvent permits SessionDisconnectEvent, StreamDestroyedEvent, MediaStoppedEvent {
    private volatile boolean prevented;

    CancelableEvent() {}

    /** Prevents the default action. Has an effect only while listeners are being called; may be called more than once. */
    public final void preventDefault() {
        prevented = true;
    }

    /** {@return whether a listener has called {@link #preventDefault()}} */
    public final boolean isDefaultPrevented() {
        return prevented;
    }
}
