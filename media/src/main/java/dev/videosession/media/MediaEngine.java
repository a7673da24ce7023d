package dev.videosession.media;

import dev.videosession.media.feed.AudioPipe;
import dev.videosession.media.feed.VideoPipe;
import dev.videosession.media.link.LinkConfig;
import dev.videosession.media.link.LinkSignaling;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import org.jspecify.annotations.Nullable;

/**
 * Owns everything native: create one per process, close it before the process ends. Thread-safe.
 *
 * <pre>{@code
 * try (MediaEngine engine = MediaEngine.create();
 *         LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440))) {
 *     OutgoingLink link = engine.send(media, LinkConfig.DIRECT, signaling);
 * }
 * }</pre>
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class MediaEngine implements AutoCloseable {
    /** Where sound is played and recorded. */
    public enum AudioMode {
        /** Real devices where there are any, else as {@link #HEADLESS}. */
        AUTO,
        /** No devices: nothing is played, microphones are unavailable; feeds get samples all the same. */
        HEADLESS
    }

    MediaEngine() {}

    /**
     * An engine with {@link AudioMode#AUTO}.
     *
     * @return a new engine the caller must close
     * @throws dev.videosession.media.device.MediaUnavailableException when the native library or a system library it needs is missing
     */
    public static MediaEngine create() {
        return create(AudioMode.AUTO);
    }

    /**
     * An engine.
     *
     * @param mode where sound is played and recorded
     * @return a new engine the caller must close
     * @throws dev.videosession.media.device.MediaUnavailableException when the native library or a system library it needs is missing
     */
    public static MediaEngine create(AudioMode mode) {
        throw new UnsupportedOperationException();
    }

    /**
     * What was found: AUTO never remains.
     *
     * @return AUTO when real audio devices are used, HEADLESS otherwise
     */
    public AudioMode audioMode() {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts local sources. Opens devices on the calling thread, which may take a second: not for the Swing thread.
     *
     * @param video pictures, or null for none
     * @param audio sound, or null for none
     * @return the running sources, which the caller must close
     * @throws dev.videosession.media.device.MediaUnavailableException when a device is missing or does not start
     * @throws IllegalStateException when the engine is closed
     * @throws IllegalArgumentException when both are null
     */
    public LocalMedia capture(@Nullable VideoSource video, @Nullable AudioSource audio) {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts to send local media to one peer; the offer goes to the signaling soon after this returns.
     *
     * @param media running local sources of this engine
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @return the link
     * @throws IllegalStateException when the engine or the media is closed
     */
    public OutgoingLink send(LocalMedia media, LinkConfig config, LinkSignaling signaling) {
        throw new UnsupportedOperationException();
    }

    /**
     * Prepares to receive from one peer; waits for {@link PeerLink#remoteDescription the offer}.
     *
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @return the link
     * @throws IllegalStateException when the engine is closed
     */
    public IncomingLink receive(LinkConfig config, LinkSignaling signaling) {
        return receive(config, signaling, new VideoPipe(), new AudioPipe());
    }

    /**
     * The same into given feeds, so that views and sinks of an earlier link go on.
     *
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @param video takes the pictures; not closed by the link
     * @param audio takes the sound
     * @return the link
     * @throws IllegalStateException when the engine is closed
     */
    public IncomingLink receive(LinkConfig config, LinkSignaling signaling, VideoPipe video, AudioPipe audio) {
        throw new UnsupportedOperationException();
    }

    /**
     * Closes every link and all local media and frees everything native; waits for it, at most ten seconds. A second call
     * does nothing. Not to be called on the media thread, that is from a {@link LinkSignaling} method.
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
