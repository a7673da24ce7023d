package dev.videosession.session;

import dev.videosession.protocol.Dimensions;

/** Told what happens to a subscriber. Calls come in the same order and on the same executor as those of its session. */
public interface SubscriberListener {
    /** Media flows for the first time. */
    default void onConnected() {}

    /** The media path broke; it is being repaired. {@link #onReconnected()} or {@link #onDestroyed()} follows. */
    default void onDisconnected() {}

    /** Media flows again. */
    default void onReconnected() {}

    /**
     * Video is not coming.
     *
     * @param reason {@code publishVideo} if the publisher turned it off, {@code subscribeToVideo} if this side did
     */
    default void onVideoDisabled(String reason) {}

    /**
     * Video is coming again.
     *
     * @param reason as for {@link #onVideoDisabled}
     */
    default void onVideoEnabled(String reason) {}

    /**
     * How loud the sound is, up to 20 times a second.
     *
     * @param level 0 to 1
     */
    default void onAudioLevel(double level) {}

    /**
     * The picture arrives in another size, because the publisher changed it or sends a smaller one here.
     *
     * @param before in pixels
     * @param now in pixels
     */
    default void onVideoDimensionsChanged(Dimensions before, Dimensions now) {}

    /** The subscriber is destroyed. The last call. */
    default void onDestroyed() {}

    /**
     * Something failed; if it was the subscription itself, {@link #onDestroyed()} follows.
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
