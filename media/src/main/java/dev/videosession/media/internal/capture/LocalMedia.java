package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.Microphone;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.LinkStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running local sources: what a publisher sends and previews. Any number of outgoing links may send it at once. All methods may be called from any thread.
 */
public final class LocalMedia implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMedia.class);

    private final MediaLoop loop;
    private final Consumer<LocalMedia> onClosed;
    private final VideoPipe videoFeed = new VideoPipe();
    private final AudioPipe audioFeed = new AudioPipe();
    private final @Nullable LocalVideo video;
    private final @Nullable LocalAudio audio;
    private final @Nullable MicrophoneLevel level;
    private final Object lock = new Object();
    private final List<Runnable> endedListeners = new ArrayList<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private boolean videoOver;
    private boolean audioOver;
    private boolean closed;
    private volatile boolean videoEnabled = true;
    private volatile boolean audioEnabled = true;

    /**
     * Opens the sources. If one of them fails, the other is closed again.
     *
     * @param loop runs listeners
     * @param factories make the native tracks
     * @param pictures the video source, or null
     * @param sound the audio source, or null
     * @param counters asks a connected link that sends the audio of the given media, if there is one
     * @param onClosed called once, when the sources have stopped
     */
    public LocalMedia(
            MediaLoop loop,
            RtcFactories factories,
            @Nullable VideoSource pictures,
            @Nullable AudioSource sound,
            Function<LocalMedia, Optional<CompletableFuture<LinkStats>>> counters,
            Consumer<LocalMedia> onClosed) {
        this.loop = loop;
        this.onClosed = onClosed;
        LocalAudio heard = null;
        LocalVideo seen = null;
        try {
            heard = open(factories, sound);
            if (pictures != null) {
                seen = new LocalVideo(heard == null ? factories.pushing() : heard.factory(), videoFeed);
                seen.start(pictures, this::videoEnded);
            }
        } catch (RuntimeException | Error e) {
            stop(seen, heard);
            dispose(heard);
            throw e;
        }
        audio = heard;
        video = seen;
        level = heard != null && heard.isOutOfSight() ? measureLevel(counters) : null;
    }

    private @Nullable LocalAudio open(RtcFactories factories, @Nullable AudioSource sound) {
        if (sound instanceof PushedAudioSource pushed) {
            return LocalAudio.push(factories, pushed, audioFeed, this::audioEnded);
        }
        return sound instanceof Microphone microphone
                ? LocalAudio.record(factories, microphone, this::audioEnded)
                : null;
    }

    private MicrophoneLevel measureLevel(Function<LocalMedia, Optional<CompletableFuture<LinkStats>>> counters) {
        MicrophoneLevel measuring = new MicrophoneLevel(loop, () -> counters.apply(this), this::measured);
        measuring.start();
        return measuring;
    }

    private void measured(double loudness) {
        if (audioEnabled) {
            audioFeed.onLevel(loudness);
        }
    }

    /** {@return the running video source, or null without one} */
    public @Nullable LocalVideo localVideo() {
        return video;
    }

    /** {@return the running audio source, or null without one} */
    public @Nullable LocalAudio localAudio() {
        return audio;
    }

    /**
     * Chooses the factory whose connections can send this media.
     *
     * @param factories of the engine
     * @return the factory of the audio, or the one for pushed media without audio
     */
    public RtcFactory factory(RtcFactories factories) {
        return audio == null ? factories.pushing() : audio.factory();
    }

    /** {@return completes on the media thread when nothing native is left} */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** {@return whether {@link #close()} was called} */
    public boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private void videoEnded() {
        synchronized (lock) {
            if (videoOver) {
                return;
            }
            videoOver = true;
        }
        sourceEnded();
    }

    private void audioEnded() {
        synchronized (lock) {
            if (audioOver) {
                return;
            }
            audioOver = true;
        }
        sourceEnded();
    }

    private void sourceEnded() {
        List<Runnable> told;
        synchronized (lock) {
            if (closed) {
                return;
            }
            told = List.copyOf(endedListeners);
        }
        told.forEach(loop::execute);
    }

    private static void stop(@Nullable LocalVideo video, @Nullable LocalAudio audio) {
        freeing(video == null ? null : video::stop);
        freeing(audio == null ? null : audio::stop);
    }

    private static void dispose(@Nullable LocalAudio audio) {
        freeing(audio == null ? null : audio::dispose);
    }

    private static void freeing(@Nullable Runnable step) {
        if (step == null) {
            return;
        }
        try {
            step.run();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.warn("A source was not closed completely", e);
        }
    }

    /** Releases the native tracks and completes {@link #gone()}. On the media loop, after the last link that sent the tracks. */
    public void dispose() {
        dispose(audio);
        gone.complete(null);
    }

    /**
     * Whether there is a video source.
     *
     * @return false when captured without one
     */
    public boolean hasVideo() {
        return video != null;
    }

    /**
     * Whether there is an audio source.
     *
     * @return false when captured without one
     */
    public boolean hasAudio() {
        return audio != null;
    }

    /**
     * The pictures, for a preview. Stays readable (with the last frame kept) after close.
     *
     * @return the feed; never gets a frame when there is no video source
     */
    public VideoFeed video() {
        return videoFeed;
    }

    /**
     * The sound. A microphone's sound stays in native code: its feed has no samples, and a level, taken ten times a second,
     * only while a connected link sends it; without one nothing is recorded.
     *
     * @return the feed; silent when there is no audio source
     */
    public AudioFeed audio() {
        return audioFeed;
    }

    /**
     * Turns video off or on for all links and the preview. The device stays open; while off, black frames are sent, one a second.
     *
     * @param enabled whether pictures are sent; true at first
     */
    public void setVideoEnabled(boolean enabled) {
        videoEnabled = enabled;
        synchronized (lock) {
            if (video != null && !closed) {
                video.setEnabled(enabled);
            }
        }
    }

    /**
     * Mutes or unmutes for all links. The device stays open; while muted, silence is sent.
     *
     * @param enabled whether sound is sent; true at first
     */
    public void setAudioEnabled(boolean enabled) {
        audioEnabled = enabled;
        synchronized (lock) {
            if (audio != null && !closed) {
                audio.setEnabled(enabled);
            }
        }
    }

    /**
     * Whether video is on.
     *
     * @return what was last set
     */
    public boolean videoEnabled() {
        return videoEnabled;
    }

    /**
     * Whether audio is on.
     *
     * @return what was last set
     */
    public boolean audioEnabled() {
        return audioEnabled;
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
        if (video == null) {
            throw new IllegalStateException(
                    "This media was captured without video; capture it again with a video source");
        }
        if (isClosed()) {
            throw new IllegalStateException("This media is closed");
        }
        boolean wasOver;
        synchronized (lock) {
            wasOver = videoOver;
            videoOver = false; // the new source's own end is news
        }
        try {
            video.start(source, this::videoEnded);
        } catch (RuntimeException | Error e) {
            synchronized (lock) {
                videoOver |= wasOver;
            }
            throw NativeLibrary.failure(e);
        }
        if (isClosed()) {
            video.stop();
        }
    }

    /**
     * The video source in use.
     *
     * @return camera, screen or custom; custom when there is none
     */
    public VideoSource.Kind videoKind() {
        VideoSource source = video == null ? null : video.source();
        return source == null ? VideoSource.Kind.CUSTOM : source.kind();
    }

    /**
     * Width of the pictures.
     *
     * @return pixels of the last frame, before the first one those of the source's format; 0 without video
     */
    public int width() {
        int width = videoFeed.width();
        VideoSource source = video == null ? null : video.source();
        return width == 0 && source != null ? source.format().width() : width;
    }

    /**
     * Height of the pictures.
     *
     * @return pixels of the last frame, before the first one those of the source's format; 0 without video
     */
    public int height() {
        int height = videoFeed.height();
        VideoSource source = video == null ? null : video.source();
        return height == 0 && source != null ? source.format().height() : height;
    }

    /**
     * Asks to be told when a source stops by itself: unplugged, lost, or ended by the application. An unplugged camera or microphone
     * is noticed after some seconds.
     *
     * @param listener called on the engine's media thread for each source that ends, a {@linkplain #switchVideo later} one too, and at
     *     once if it already happened; not called because of {@link #close()}
     */
    public void onEnded(Runnable listener) {
        boolean already;
        synchronized (lock) {
            already = videoOver || audioOver;
            endedListeners.add(listener);
        }
        if (already) {
            loop.execute(listener);
        }
    }

    /**
     * Stops the sources and closes every link that sends them. A second call does nothing. Afterwards the feeds keep
     * what they have, setters do nothing and {@link #switchVideo} fails.
     */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            endedListeners.clear();
        }
        if (level != null) {
            level.stop();
        }
        stop(video, audio);
        onClosed.accept(this);
    }
}
