package dev.videosession.session;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one stream: video, audio or both. Opens its devices with {@link #start()} or when it is first published, and keeps
 * them open until it is destroyed; may be in one session at a time. Its feeds stay readable after its end, without new
 * content; the last frame is kept until the publisher is destroyed. Methods may be called from any thread and return at
 * once.
 */
public interface Publisher extends AutoCloseable {
    /** {@return a builder with neither video nor audio} */
    static PublisherBuilder builder() {
        return new PublisherBuilder();
    }

    /** {@return the name of its stream, possibly empty} */
    String name();

    /** {@return its stream, or empty while it is not in a session} */
    Optional<Stream> stream();

    /** {@return the session that it is in or is being published to, or empty} */
    Optional<Session> session();

    /** {@return the own video, for a preview; the same feed for the publisher's whole life} It has no frame after {@link #destroy()}. */
    VideoFeed video();

    /** {@return the own audio; the same feed for the publisher's whole life} */
    AudioFeed audio();

    /**
     * Opens the devices, for a preview before publishing.
     *
     * @return completes when they run; fails with
     *     {@link dev.videosession.media.device.MediaUnavailableException} if one is not available
     */
    Completable start();

    /**
     * Turns audio on or off; other clients receive {@code streamPropertyChanged} for {@code hasAudio}. The setting is kept
     * for later publications.
     *
     * @param on whether audio is sent
     */
    void publishAudio(boolean on);

    /**
     * Turns video on or off; other clients receive {@code streamPropertyChanged} for {@code hasVideo}. The setting is kept
     * for later publications.
     *
     * @param on whether video is sent
     */
    void publishVideo(boolean on);

    /** {@return whether audio is sent; false if there is no audio or it is turned off} */
    boolean publishesAudio();

    /** {@return whether video is sent; false if there is no video or it is turned off} */
    boolean publishesVideo();

    /**
     * Converts the last own frame to an image.
     *
     * @return a new image in RGB, converted on the calling thread; empty before the first frame and after {@link #destroy()}
     */
    Optional<BufferedImage> snapshot();

    /**
     * Switches to another video source, in a session or not; subscribers need not subscribe again. If the new source does
     * not start, the old one continues.
     *
     * @param source another camera, a screen, or a video source of the application
     * @return completes when the new source runs; fails with
     *     {@link dev.videosession.media.device.MediaUnavailableException} if it is not available, with 1011 if the publisher
     *     has no video or is destroyed
     */
    Completable switchVideo(VideoSource source);

    /**
     * Switches to the next of this machine's cameras, see {@link dev.videosession.media.Devices#cameras()}.
     *
     * @return the camera; fails as {@link #switchVideo}
     */
    Single<MediaDevice> cycleVideo();

    /**
     * Limits the video bitrate to each subscriber.
     *
     * @param bitsPerSecond 5,000 to 10,000,000, or 0 for no limit
     */
    void setMaxVideoBitrate(int bitsPerSecond);

    /** {@return the limit of the video bitrate in bits per second, or 0 for no limit} */
    int maxVideoBitrate();

    /**
     * Sends smaller video to every subscriber; the preview is not changed.
     *
     * @param size largest size in pixels, or null for the size as captured
     */
    void setPreferredResolution(@Nullable Dimensions size);

    /**
     * Sends fewer frames to every subscriber; the preview is not changed.
     *
     * @param framesPerSecond 1 to 240, or null for the rate as captured
     */
    void setPreferredFrameRate(@Nullable Integer framesPerSecond);

    /**
     * Replaces the audio source with another one of its kind, for instance a microphone with another microphone. Subscribers notice
     * nothing but the other sound. All publishers that record with the same {@link dev.videosession.media.MediaEngine} change the
     * microphone.
     *
     * @param source the new source; the processing of a microphone stays as it was when the publisher was started
     * @return completes when the new source is used; if it fails, the old one continues: with a {@link
     *     dev.videosession.media.device.MediaUnavailableException} in the cause if the device does not start, with 1011 for a source of
     *     another kind
     */
    Completable switchAudio(AudioSource source);

    /**
     * Reads the statistics of this publisher's media links.
     *
     * @return one entry for each media link, by the connection at its other end; in a routed session one entry, with the id
     *     {@code router}; empty if there is no link
     */
    Single<Map<ConnectionId, LinkStats>> stats();

    /**
     * Reads the native statistics reports of this publisher's media links, unchanged.
     *
     * @return one report for each media link, keyed as for {@link #stats()}
     */
    Single<Map<ConnectionId, List<RtcStats>>> rtcStats();

    /**
     * {@return the quality of each path that was rated, keyed as for {@link #stats()}; a path is rated some seconds after it is connected.
     * {@link PublisherListener#onQualityScoreChanged} reports each change}
     */
    Map<ConnectionId, QualityScore> qualityScores();

    /**
     * {@return the measurements of each open path, one a second for the last five minutes, the oldest first, keyed as for {@link #stats()}}
     */
    Map<ConnectionId, List<QualitySample>> qualityHistory();

    /**
     * Adds a listener; adding it twice has no effect.
     *
     * @param listener receives events from now on
     */
    void addListener(PublisherListener listener);

    /**
     * Removes a listener. A call that is already running is completed.
     *
     * @param listener receives no further events
     */
    void removeListener(PublisherListener listener);

    /** {@return whether it was destroyed: its devices are closed or about to be} */
    boolean isDestroyed();

    /** Unpublishes if needed, closes the devices and releases the last frame. A second call does nothing. */
    void destroy();

    /** Same as {@link #destroy()}. */
    @Override
    void close();
}
