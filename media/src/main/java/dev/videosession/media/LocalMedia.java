package dev.videosession.media;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.VideoSource;

/**
 * Running local sources: what a publisher sends and previews. Made by {@link MediaEngine#capture}; any number of
 * {@linkplain MediaEngine#send outgoing links} may send it at once. All methods may be called from any thread.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class LocalMedia implements AutoCloseable {
    LocalMedia() {}

    /**
     * Whether there is a video source.
     *
     * @return false when captured without one
     */
    public boolean hasVideo() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether there is an audio source.
     *
     * @return false when captured without one
     */
    public boolean hasAudio() {
        throw new UnsupportedOperationException();
    }

    /**
     * The pictures, for a preview. Stays readable (with the last frame kept) after close.
     *
     * @return the feed; never gets a frame when there is no video source
     */
    public VideoFeed video() {
        throw new UnsupportedOperationException();
    }

    /**
     * The sound. A microphone's sound stays in native code: its feed has no samples, only a level while a link sends it.
     *
     * @return the feed; silent when there is no audio source
     */
    public AudioFeed audio() {
        throw new UnsupportedOperationException();
    }

    /**
     * Turns video off or on for all links and the preview. The device stays open; while off, black frames are sent, one a second.
     *
     * @param enabled whether pictures are sent; true at first
     */
    public void setVideoEnabled(boolean enabled) {
        throw new UnsupportedOperationException();
    }

    /**
     * Mutes or unmutes for all links. The device stays open; while muted, silence is sent.
     *
     * @param enabled whether sound is sent; true at first
     */
    public void setAudioEnabled(boolean enabled) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether video is on.
     *
     * @return what was last set
     */
    public boolean videoEnabled() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether audio is on.
     *
     * @return what was last set
     */
    public boolean audioEnabled() {
        throw new UnsupportedOperationException();
    }

    /**
     * Replaces the video source; links and feed go on with the new pictures, without negotiation. The new source is
     * started before the old one is stopped; when it does not start, the old one goes on.
     *
     * @param source the new source
     * @throws dev.videosession.media.device.MediaUnavailableException when the new source does not start
     * @throws IllegalStateException when captured without video, or closed
     */
    public void switchVideo(VideoSource source) {
        throw new UnsupportedOperationException();
    }

    /**
     * The video source in use.
     *
     * @return camera, screen or custom; custom when there is none
     */
    public VideoSource.Kind videoKind() {
        throw new UnsupportedOperationException();
    }

    /**
     * Width of the pictures.
     *
     * @return pixels of the last frame, before the first one those of the source's format; 0 without video
     */
    public int width() {
        throw new UnsupportedOperationException();
    }

    /**
     * Height of the pictures.
     *
     * @return pixels of the last frame, before the first one those of the source's format; 0 without video
     */
    public int height() {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks to be told when a source stops by itself: unplugged, lost, or ended by the application.
     *
     * @param listener called on the engine's media thread, at once if it already happened; not called because of {@link #close()}
     */
    public void onEnded(Runnable listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stops the sources and closes every link that sends them. A second call does nothing. Afterwards the feeds keep
     * what they have, setters do nothing and {@link #switchVideo} fails.
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
