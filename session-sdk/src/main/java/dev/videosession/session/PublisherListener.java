package dev.videosession.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;

/** Told what happens to a publisher. Calls come in the same order and on the same executor as those of its session. */
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
     * @param event what happened
     */
    default void onStreamDestroyed(StreamDestroyedEvent event) {}

    /**
     * A source ended by itself; see {@link MediaStoppedEvent}.
     *
     * @param event what happened
     */
    default void onMediaStopped(MediaStoppedEvent event) {}

    /** A moderator muted this publisher. Its user may unmute at once with {@link Publisher#publishAudio}. */
    default void onMuteForced() {}

    /**
     * How loud the own sound is, up to 20 times a second.
     *
     * @param level 0 to 1
     */
    default void onAudioLevel(double level) {}

    /**
     * The own picture has another size: another source, a turned camera, a shared window that was resized.
     *
     * @param before in pixels
     * @param now in pixels
     */
    default void onVideoDimensionsChanged(Dimensions before, Dimensions now) {}

    /**
     * The path to a subscriber carries too little; the picture may be turned off there. Only with
     * {@link PublisherBuilder#audioFallback}, as the next three.
     *
     * @param subscriber whose path
     */
    default void onVideoDisableWarning(ConnectionId subscriber) {}

    /**
     * The path to a subscriber has recovered in time.
     *
     * @param subscriber whose path
     */
    default void onVideoDisableWarningLifted(ConnectionId subscriber) {}

    /**
     * The picture is no longer sent to a subscriber; the sound is.
     *
     * @param subscriber who only hears now
     * @param reason {@code quality}
     */
    default void onVideoDisabled(ConnectionId subscriber, String reason) {}

    /**
     * The picture is sent to a subscriber again.
     *
     * @param subscriber who sees again
     * @param reason {@code quality}
     */
    default void onVideoEnabled(ConnectionId subscriber, String reason) {}

    /** The publisher is destroyed: its sources are closed. The last call. */
    default void onDestroyed() {}

    /**
     * Something failed.
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
