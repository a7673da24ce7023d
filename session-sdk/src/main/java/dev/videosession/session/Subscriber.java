package dev.videosession.session;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.Dimensions;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives one remote stream. Made by {@link Session#subscribe}. Methods may be called from any thread and return at once.
 * Its feeds stay readable after its end, without new content; the last frame is kept until the subscriber is destroyed.
 */
public interface Subscriber {
    /** {@return the stream that is received} */
    Stream stream();

    /** {@return the session it belongs to} */
    Session session();

    /** {@return the received video; the same feed for the subscriber's whole life} */
    VideoFeed video();

    /** {@return the received audio; the same feed for the subscriber's whole life} */
    AudioFeed audio();

    /**
     * Converts the last received frame to an image.
     *
     * @return a new image in RGB, converted on the calling thread; empty before the first frame
     */
    Optional<BufferedImage> snapshot();

    /**
     * Reports when media flows for the first time.
     *
     * @return completes then; fails with {@link SessionException} if the subscription is refused or ends before: with
     *     {@code OT_CANCEL} if the application unsubscribes, {@code OT_STREAM_DESTROYED} if the stream ends,
     *     {@code OT_NOT_CONNECTED} if the session is not connected or ends
     */
    Completable connected();

    /**
     * Turns audio on or off for this subscriber only; while it is off, it is not sent to this subscriber.
     *
     * @param on true at first
     */
    void subscribeToAudio(boolean on);

    /**
     * Turns video on or off for this subscriber only; while it is off, it is not sent to this subscriber.
     *
     * @param on true at first
     */
    void subscribeToVideo(boolean on);

    /**
     * Asks for smaller video.
     *
     * @param size largest useful size in pixels, or null for the size as published
     */
    void setPreferredResolution(@Nullable Dimensions size);

    /**
     * Asks for video of the size at which a view shows it, now and whenever that size changes: {@link #setPreferredResolution} is called
     * with it, at most a few times a second. A view that is not showing changes nothing. The view's own {@linkplain
     * VideoView#setShownSizeListener listener} is replaced. To end this, set that listener to null and the preferred resolution to what it
     * should be. After {@link #destroy()} it has no effect.
     *
     * @param view shows the video of this subscriber; of several views, the largest one
     */
    void adaptTo(VideoView view);

    /**
     * Asks for fewer frames.
     *
     * @param framesPerSecond 1 to 240, or null for the rate as published
     * @throws IllegalArgumentException outside of 1 to 240
     */
    void setPreferredFrameRate(@Nullable Integer framesPerSecond);

    /**
     * Sets the playback volume.
     *
     * @param percent 0 to 100; see {@link AudioFeed#setVolume}
     * @throws IllegalArgumentException outside of 0 to 100
     */
    void setAudioVolume(int percent);

    /**
     * Reads the statistics of the media link.
     *
     * @return fails if there is no link
     */
    Single<LinkStats> stats();

    /**
     * Reads the native statistics report of the media link, unchanged.
     *
     * @return its entries; fails if there is no link
     */
    Single<List<RtcStats>> rtcStats();

    /**
     * {@return the quality of what is received; empty until the path was rated, some seconds after it is connected. {@link
     * SubscriberListener#onQualityScoreChanged} reports each change. After the subscriber is destroyed, the last score}
     */
    Optional<QualityScore> qualityScore();

    /**
     * {@return the measurements of the path, one a second for the last five minutes of the connected link, the oldest first; they stay
     * after the subscriber is destroyed}
     */
    List<QualitySample> qualityHistory();

    /**
     * Adds a listener; adding it twice has no effect.
     *
     * @param listener receives events from now on
     */
    void addListener(SubscriberListener listener);

    /**
     * Removes a listener. A call that is already running is completed.
     *
     * @param listener receives no further events
     */
    void removeListener(SubscriberListener listener);

    /** {@return whether it was destroyed: no more media is received and the last frame is released} */
    boolean isDestroyed();

    /** Ends the subscription. A second call does nothing. Same as {@link Session#unsubscribe}. */
    void destroy();
}
