package dev.videosession.session;

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

    /** The publisher is destroyed: its sources are closed. The last call. */
    default void onDestroyed() {}

    /**
     * Something failed.
     *
     * @param error what failed
     */
    default void onError(SessionException error) {}
}
