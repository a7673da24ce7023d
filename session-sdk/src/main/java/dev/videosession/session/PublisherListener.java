package dev.videosession.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;

/**
 * Receives the events of a publisher, in the same order and on the same executor as those of its session. An exception that a
 * listener throws is logged and has no other effect.
 *
 * <p>Do not implement this interface and {@link SessionListener} in one class: {@link #onError} and {@link #onStreamDestroyed} have the
 * same signature there, and the end of the own stream would look like that of a remote one.
 */
public interface PublisherListener {
    /**
     * The publisher's stream is in the session.
     *
     * @param stream the own stream
     */
    default void onStreamCreated(Stream stream) {}

    /**
     * The publisher's stream has ended; see {@link StreamDestroyedEvent}.
     *
     * @param event the stream and the reason
     */
    default void onStreamDestroyed(StreamDestroyedEvent event) {}

    /**
     * A source ended by itself; see {@link MediaStoppedEvent}.
     *
     * @param event cancelable
     */
    default void onMediaStopped(MediaStoppedEvent event) {}

    /** A moderator muted this publisher. Its user may unmute at once with {@link Publisher#publishAudio}. */
    default void onMuteForced() {}

    /**
     * The level of the own audio, up to 20 times per second.
     *
     * @param level 0 to 1
     */
    default void onAudioLevel(double level) {}

    /**
     * The own video has another size: another source, a rotated camera, a shared window that was resized.
     *
     * @param before in pixels
     * @param now in pixels
     */
    default void onVideoDimensionsChanged(Dimensions before, Dimensions now) {}

    /**
     * The link to a subscriber carries too little; video may be turned off there. This callback and the next three are called
     * only with {@link PublisherBuilder#audioFallback}. In a routed session, they refer to the link to the media router: the id
     * is {@code router}, and video is turned off and on for every subscriber.
     *
     * @param subscriber the subscriber's connection, or {@code router}
     */
    default void onVideoDisableWarning(ConnectionId subscriber) {}

    /**
     * The link to a subscriber has recovered in time.
     *
     * @param subscriber the subscriber's connection, or {@code router}
     */
    default void onVideoDisableWarningLifted(ConnectionId subscriber) {}

    /**
     * The quality of what is sent on one path has another score, or another cause. It changes only if the path has changed for some
     * seconds.
     *
     * @param subscriber the connection at the other end; in a routed session the id {@code router}
     * @param score what {@link Publisher#qualityScores()} has for it now
     */
    default void onQualityScoreChanged(ConnectionId subscriber, QualityScore score) {}

    /**
     * Video is no longer sent to a subscriber; audio is.
     *
     * @param subscriber the subscriber's connection, or {@code router}
     * @param reason {@link VideoChangeReason#QUALITY}
     */
    default void onVideoDisabled(ConnectionId subscriber, VideoChangeReason reason) {}

    /**
     * Video is sent to a subscriber again.
     *
     * @param subscriber the subscriber's connection, or {@code router}
     * @param reason {@link VideoChangeReason#QUALITY}
     */
    default void onVideoEnabled(ConnectionId subscriber, VideoChangeReason reason) {}

    /** The publisher is destroyed: its sources are closed. No further call follows. */
    default void onDestroyed() {}

    /**
     * Publishing failed.
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
