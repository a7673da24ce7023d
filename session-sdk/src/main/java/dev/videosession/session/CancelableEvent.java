package dev.videosession.session;

/**
 * An event with a default action that a listener may prevent. The action runs after the last listener.
 */
public abstract sealed class CancelableEvent permits SessionDisconnectEvent, StreamDestroyedEvent, MediaStoppedEvent {
    private volatile boolean prevented;

    CancelableEvent() {}

    /**
     * Tells whether {@link #preventDefault()} has an effect.
     *
     * @return true for every event of this type
     */
    public final boolean cancelable() {
        return true;
    }

    /**
     * Keeps the default action from happening. Has an effect only while listeners are being called; may be called more
     * than once.
     */
    public final void preventDefault() {
        prevented = true;
    }

    /**
     * Tells whether a listener prevented the default action.
     *
     * @return true after {@link #preventDefault()}
     */
    public final boolean isDefaultPrevented() {
        return prevented;
    }
}
