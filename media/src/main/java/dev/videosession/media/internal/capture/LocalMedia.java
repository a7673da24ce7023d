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
import dev.videosession.protocol.time.TimeSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running local sources: what a publisher sends and previews. Any number of outgoing links may send it at once. Any thread may call
 * any method.
 */
public final class LocalMedia implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMedia.class);

    /** A level is measured ten times a second while a link sends the audio. */
    private static final long SENT_ANEW_NANOS = 2_000_000_000L;

    private final MediaLoop loop;
    private final TimeSource time;
    private long measuredNanos;
    private final Consumer<LocalMedia> onClosed;
    private final Predicate<LocalMedia> isAudioSent;
    private final VideoPipe videoFeed = new VideoPipe();
    private final AudioPipe audioFeed;
    private final @Nullable LocalVideo video;
    private final @Nullable LocalAudio audio;
    private final @Nullable MicrophoneLevel level;
    private final Object lock = new Object();
    private final SourceEnds ends;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private boolean closed;
    private volatile boolean videoEnabled = true;
    private volatile boolean audioEnabled = true;

    /**
     * Opens the sources. If one of them fails, the other one is closed again.
     *
     * @param loop runs listeners
     * @param factories create the native tracks
     * @param time the clocks
     * @param videoSource the video source, or null
     * @param audioSource the audio source, or null
     * @param audioStats asks a connected link that sends the audio of the given media for its statistics, if there is one
     * @param isAudioSent whether a connected link sends the audio of the given media
     * @param onClosed called once, when the sources have stopped
     */
    public LocalMedia(
            MediaLoop loop,
            RtcFactories factories,
            TimeSource time,
            @Nullable VideoSource videoSource,
            @Nullable AudioSource audioSource,
            Function<LocalMedia, Optional<CompletableFuture<LinkStats>>> audioStats,
            Predicate<LocalMedia> isAudioSent,
            Consumer<LocalMedia> onClosed) {
        this.loop = loop;
        this.time = time;
        this.isAudioSent = isAudioSent;
        this.onClosed = onClosed;
        audioFeed = new AudioPipe(time);
        ends = new SourceEnds(loop::execute);
        LocalAudio openAudio = null;
        LocalVideo openVideo = null;
        try {
            openAudio = open(factories, audioSource);
            if (videoSource != null) {
                RtcFactory factory = openAudio == null ? factories.pushedAudio() : openAudio.factory();
                openVideo = new LocalVideo(factory, time, videoFeed);
                openVideo.start(videoSource, ends::videoEnded);
            }
        } catch (RuntimeException | Error e) {
            stop(openVideo, openAudio);
            dispose(openAudio);
            throw e;
        }
        audio = openAudio;
        video = openVideo;
        level = openAudio != null && !openAudio.hasSamples() ? measureLevel(audioStats) : null;
    }

    private @Nullable LocalAudio open(RtcFactories factories, @Nullable AudioSource source) {
        if (source instanceof PushedAudioSource pushed) {
            return LocalAudio.push(factories, pushed, audioFeed, ends::audioEnded);
        }
        return source instanceof Microphone microphone
                ? LocalAudio.record(factories, microphone, ends::audioEnded)
                : null;
    }

    private MicrophoneLevel measureLevel(Function<LocalMedia, Optional<CompletableFuture<LinkStats>>> audioStats) {
        MicrophoneLevel measuring = new MicrophoneLevel(loop, () -> audioStats.apply(this), this::onLevel);
        measuring.start();
        return measuring;
    }

    private void onLevel(double measured) {
        LocalAudio microphone = audio;
        long now = time.nanos();
        if (microphone != null && (measuredNanos == 0 || now - measuredNanos > SENT_ANEW_NANOS)) {
            microphone.onSent();
        }
        measuredNanos = now;
        if (audioEnabled) {
            audioFeed.onLevel(measured);
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
     * @return the factory of the audio, or the one for pushed audio if there is no audio
     */
    public RtcFactory factory(RtcFactories factories) {
        return audio == null ? factories.pushedAudio() : audio.factory();
    }

    /** {@return completes on the media thread when all native objects are released} */
    public CompletableFuture<Void> released() {
        return released;
    }

    /** {@return whether {@link #close()} was called} */
    public boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    private static void stop(@Nullable LocalVideo video, @Nullable LocalAudio audio) {
        runStep("stopVideo", video == null ? null : video::stop);
        runStep("stopAudio", audio == null ? null : audio::stop);
    }

    private static void dispose(@Nullable LocalAudio audio) {
        runStep("disposeAudio", audio == null ? null : audio::dispose);
    }

    /** Runs one step of closing; an exception does not prevent the next steps. */
    private static void runStep(String name, @Nullable Runnable step) {
        if (step == null) {
            return;
        }
        try {
            step.run();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.warn("event=sourceCloseFailed step={}", name, e);
        }
    }

    /** Releases the native tracks and completes {@link #released()}. On the media loop, after the last link that sent the tracks. */
    public void dispose() {
        dispose(audio);
        released.complete(null);
    }

    /** {@return whether there is a video source} */
    public boolean hasVideo() {
        return video != null;
    }

    /** {@return whether there is an audio source} */
    public boolean hasAudio() {
        return audio != null;
    }

    /** {@return the feed of the video, for a preview} It is empty after close, and without a video source. */
    public VideoFeed video() {
        return videoFeed;
    }

    /**
     * {@return the feed of the audio; silent without an audio source} The samples of a microphone stay in native code: its feed has
     * none, and a level, measured ten times a second, only while a connected link sends it. Without such a link nothing is recorded.
     */
    public AudioFeed audio() {
        return audioFeed;
    }

    /**
     * Turns video on or off for all links and the preview. The device stays open. While video is off, one black frame a second is sent.
     *
     * @param enabled whether video is sent; true at first
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
     * Unmutes or mutes audio for all links. The device stays open. While audio is muted, silence is sent.
     *
     * @param enabled whether audio is sent; true at first
     */
    public void setAudioEnabled(boolean enabled) {
        audioEnabled = enabled;
        synchronized (lock) {
            if (audio != null && !closed) {
                audio.setEnabled(enabled);
            }
        }
    }

    /** {@return whether video is on, as last set} */
    public boolean videoEnabled() {
        return videoEnabled;
    }

    /** {@return whether audio is on, as last set} */
    public boolean audioEnabled() {
        return audioEnabled;
    }

    /**
     * Replaces the video source. Links and feed continue with the frames of the new source, without negotiation. The new source is
     * started before the old one is stopped. If it does not start, the old one continues.
     *
     * @param source the new source
     * @throws dev.videosession.media.device.MediaUnavailableException if the new source does not start
     * @throws IllegalStateException if this media has no video, or is closed
     */
    public void switchVideo(VideoSource source) {
        if (video == null) {
            throw new IllegalStateException("This media has no video. Capture it again with a video source.");
        }
        if (isClosed()) {
            throw new IllegalStateException("This media is closed. Capture it again.");
        }
        boolean hadEnded = ends.expectVideo();
        try {
            video.start(source, ends::videoEnded);
        } catch (RuntimeException | Error e) {
            ends.keepVideo(hadEnded);
            throw NativeLibrary.failure(e);
        }
        if (isClosed()) {
            video.stop();
        }
    }

    /**
     * Replaces the audio source with another one of its kind: a microphone with a microphone, or audio made in Java with such audio. Links
     * and feed continue, without negotiation. If the new source does not start, the old one continues.
     *
     * @param source the new source; the processing of a microphone stays as it was
     * @throws dev.videosession.media.device.MediaUnavailableException if the new source does not start
     * @throws IllegalArgumentException if the source is of the other kind
     * @throws IllegalStateException if this media has no audio, or is closed
     */
    public void switchAudio(AudioSource source) {
        if (audio == null) {
            throw new IllegalStateException("This media has no audio. Capture it again with an audio source.");
        }
        if (isClosed()) {
            throw new IllegalStateException("This media is closed. Capture it again.");
        }
        boolean hadEnded = ends.expectAudio();
        try {
            audio.switchTo(source, isAudioSent.test(this), ends::audioEnded);
        } catch (RuntimeException | Error e) {
            ends.keepAudio(hadEnded);
            throw NativeLibrary.failure(e);
        }
        if (isClosed()) {
            audio.stop();
        }
    }

    /** {@return the kind of the current video source; CUSTOM without one} */
    public VideoSource.Kind videoKind() {
        VideoSource source = video == null ? null : video.source();
        return source == null ? VideoSource.Kind.CUSTOM : source.kind();
    }

    /** {@return the upright width of the last frame in pixels; before the first frame that of the source's format; 0 without video} */
    public int width() {
        int width = videoFeed.width();
        VideoSource source = video == null ? null : video.source();
        return width == 0 && source != null ? source.format().width() : width;
    }

    /** {@return the upright height of the last frame in pixels; before the first frame that of the source's format; 0 without video} */
    public int height() {
        int height = videoFeed.height();
        VideoSource source = video == null ? null : video.source();
        return height == 0 && source != null ? source.format().height() : height;
    }

    /**
     * Adds a listener for a source that stops by itself: unplugged, lost, or ended by the application. An unplugged camera or
     * microphone is noticed after some seconds.
     *
     * @param listener called on the engine's media thread for each source that ends, also for one that {@link #switchVideo} started,
     *     and at once if a source has ended already; not called because of {@link #close()}
     */
    public void onEnded(Runnable listener) {
        ends.addListener(listener);
    }

    /**
     * Stops the sources, closes every link that sends them and releases the last frame. A second call does nothing. Afterwards
     * setters do nothing and {@link #switchVideo} fails.
     */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        ends.close();
        if (level != null) {
            level.stop();
        }
        stop(video, audio);
        videoFeed.close(); // it keeps a frame, which is native memory
        onClosed.accept(this);
    }
}
