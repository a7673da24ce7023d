package dev.videosession.session;

import dev.videosession.protocol.Dimensions;

/**
 * Receives the events of a subscriber, in the same order and on the same executor as those of its session. An exception that
 * a listener throws is logged and has no other effect.
 */
public interface SubscriberListener {
    /** Media flows for the first time. */
    default void onConnected() {}

    /** The media link was interrupted and is being repaired. {@link #onReconnected()} or {@link #onDestroyed()} follows. */
    default void onDisconnected() {}

    /** Media flows again. */
    default void onReconnected() {}

    /**
     * Video stopped.
     *
     * @param reason {@link VideoChangeReason#QUALITY} if the path carries too little: audio continues, and video is tried again from
     *     time to time
     */
    default void onVideoDisabled(VideoChangeReason reason) {}

    /**
     * Video starts again.
     *
     * @param reason as for {@link #onVideoDisabled}
     */
    default void onVideoEnabled(VideoChangeReason reason) {}

    /**
     * The path carries too little for the smallest video that is available. Unless it improves within some seconds, video is turned off and
     * {@link #onVideoDisabled} follows with {@link VideoChangeReason#QUALITY}. In a relayed session this happens only if the publisher
     * permits it, see {@link PublisherBuilder#audioFallback}.
     */
    default void onVideoDisableWarning() {}

    /** The path carries the video again: the warning of {@link #onVideoDisableWarning()} no longer applies. */
    default void onVideoDisableWarningLifted() {}

    /**
     * The audio level, up to 20 times per second.
     *
     * @param level 0 to 1
     */
    default void onAudioLevel(double level) {}

    /**
     * Video arrives in another size, because the publisher changed it or sends a smaller one here.
     *
     * @param before in pixels
     * @param now in pixels
     */
    default void onVideoDimensionsChanged(Dimensions before, Dimensions now) {}

    /**
     * The quality of the received audio or video has another score, or another cause. It changes only if the path has changed for some
     * seconds.
     *
     * @param score what {@link Subscriber#qualityScore()} returns now
     */
    default void onQualityScoreChanged(QualityScore score) {}

    /** The subscriber is destroyed. No further call follows. */
    default void onDestroyed() {}

    /**
     * The subscription failed; {@link #onDestroyed()} follows.
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
