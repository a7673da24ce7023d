package dev.videosession.session.internal.media;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.loop.SharedThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one publisher. Opened once, on a thread that may block, when they are first needed; open until the
 * publisher is destroyed, over any number of publications. May be used from any thread.
 */
public final class PublisherMedia {
    /** Running sources and the engine that runs them. */
    public record Running(SharedMediaEngine.Lease lease, LocalMedia media) {
        public RtcEngine engine() {
            return lease.engine();
        }

        void close() {
            try {
                media.close();
            } finally {
                lease.close();
            }
        }
    }

    private final Supplier<CompletableFuture<SharedMediaEngine.Lease>> engines;
    private final Runnable onEnded;
    private final VideoPipe videoPipe = new VideoPipe();
    private final AudioPipe audioPipe = new AudioPipe();
    private final Object lock = new Object();
    private volatile @Nullable VideoSource video;
    private volatile @Nullable AudioSource audio;
    private @Nullable CompletableFuture<Running> opening;
    private @Nullable LocalMedia live;
    private @Nullable CompletableFuture<?> switching;
    private boolean closed;
    private boolean audioEnabled;
    private boolean videoEnabled;

    public PublisherMedia(
            @Nullable MediaEngine ownEngine,
            @Nullable VideoSource video,
            @Nullable AudioSource audio,
            boolean videoEnabled,
            boolean audioEnabled,
            Runnable onEnded) {
        this(() -> SharedMediaEngine.lease(ownEngine), video, audio, videoEnabled, audioEnabled, onEnded);
    }

    public PublisherMedia(
            Supplier<CompletableFuture<SharedMediaEngine.Lease>> engines,
            @Nullable VideoSource video,
            @Nullable AudioSource audio,
            boolean videoEnabled,
            boolean audioEnabled,
            Runnable onEnded) {
        this.engines = engines;
        this.video = video;
        this.audio = audio;
        this.videoEnabled = videoEnabled;
        this.audioEnabled = audioEnabled;
        this.onEnded = onEnded;
    }

    @Nullable
    public VideoSource videoSource() {
        return video;
    }

    /** {@return the kind of the video source, or null without video} */
    @Nullable
    public VideoType videoType() {
        VideoSource source = video;
        if (source == null) {
            return null;
        }
        return switch (source.kind()) {
            case CAMERA -> VideoType.CAMERA;
            case SCREEN -> VideoType.SCREEN;
            case CUSTOM -> VideoType.CUSTOM;
        };
    }

    /** {@return the size of the video, or null without video or while it is not known} */
    public static @Nullable Dimensions dimensions(Running running) {
        LocalMedia media = running.media();
        return media.hasVideo() && media.width() > 0 ? new Dimensions(media.width(), media.height()) : null;
    }

    public VideoPipe videoPipe() {
        return videoPipe;
    }

    /** Switches to another video source, after all switches that were requested before. */
    public CompletableFuture<VideoSource> switchVideo(VideoSource source) {
        synchronized (lock) {
            if (closed || video == null) {
                return CompletableFuture.failedFuture(new SessionException(
                        ErrorCode.INVALID_PARAMETER,
                        closed
                                ? "the publisher is destroyed"
                                : "the publisher was made without a picture; make one with a camera, a screen or a custom"
                                        + " source"));
            }
            if (opening == null || opening.isCompletedExceptionally()) {
                video = source;
                return CompletableFuture.completedFuture(source);
            }
            CompletableFuture<?> before = switching == null ? opening : switching;
            CompletableFuture<VideoSource> next = before.handle((done, failure) -> source)
                    .thenCombineAsync(opening, this::exchange, SharedThreads.blocking());
            switching = next;
            return next;
        }
    }

    /** Switches to another audio source of the same kind, after all switches that were requested before. */
    public CompletableFuture<AudioSource> switchAudio(AudioSource source) {
        synchronized (lock) {
            if (closed || audio == null) {
                return CompletableFuture.failedFuture(
                        new SessionException(
                                ErrorCode.INVALID_PARAMETER,
                                closed
                                        ? "the publisher is destroyed"
                                        : "the publisher was made without audio; make one with a microphone or a custom source"));
            }
            if (opening == null || opening.isCompletedExceptionally()) {
                audio = source;
                return CompletableFuture.completedFuture(source);
            }
            CompletableFuture<?> before = switching == null ? opening : switching;
            CompletableFuture<AudioSource> next = before.handle((done, failure) -> source)
                    .thenCombineAsync(opening, this::exchangeAudio, SharedThreads.blocking());
            switching = next;
            return next;
        }
    }

    private AudioSource exchangeAudio(AudioSource source, Running running) {
        running.media().switchAudio(source);
        audio = source;
        return source;
    }

    private VideoSource exchange(VideoSource source, Running running) {
        running.media().switchVideo(source);
        video = source;
        return source;
    }

    public boolean hasAudioSource() {
        return audio != null;
    }

    public VideoFeed video() {
        return videoPipe;
    }

    public AudioFeed audio() {
        return audioPipe;
    }

    public boolean audioEnabled() {
        synchronized (lock) {
            return audio != null && audioEnabled;
        }
    }

    public boolean videoEnabled() {
        synchronized (lock) {
            return video != null && videoEnabled;
        }
    }

    /** Opens the sources unless they are open. Fails with MediaUnavailableException; a later call tries again. */
    public CompletableFuture<Running> open() {
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(new IllegalStateException("the publisher is destroyed"));
            }
            if (opening == null || opening.isCompletedExceptionally()) {
                opening = engines.get().thenApplyAsync(this::start, SharedThreads.blocking());
            }
            return opening;
        }
    }

    private Running start(SharedMediaEngine.Lease lease) {
        LocalMedia media = null;
        try {
            media = lease.engine().capture(video, audio);
            return started(new Running(lease, media));
        } catch (RuntimeException | Error e) { // the native side throws Errors for ordinary failures
            if (media != null) {
                media.close();
            }
            lease.close();
            throw e;
        }
    }

    /** Turns audio and video on or off and connects the feeds. If this throws, the caller closes what was opened. */
    private Running started(Running running) {
        LocalMedia media = running.media();
        synchronized (lock) {
            if (closed) {
                throw new CompletionException(new IllegalStateException("the publisher is destroyed"));
            }
            media.setAudioEnabled(audioEnabled);
            media.setVideoEnabled(videoEnabled);
            // from here on audio and video are turned on and off at the media; before, in the fields
            live = media;
        }
        media.video().addSink(videoPipe);
        audioPipe.follow(media.audio());
        media.onEnded(onEnded);
        return running;
    }

    public void setAudioEnabled(boolean enabled) {
        synchronized (lock) {
            audioEnabled = enabled;
            LocalMedia media = live;
            if (media != null) {
                media.setAudioEnabled(enabled);
            }
        }
    }

    public void setVideoEnabled(boolean enabled) {
        synchronized (lock) {
            videoEnabled = enabled;
            LocalMedia media = live;
            if (media != null) {
                media.setVideoEnabled(enabled);
            }
        }
    }

    /** Closes the sources and releases the last frame, now or as soon as they are open. */
    public void close() {
        CompletableFuture<Running> toClose;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            toClose = opening;
        }
        if (toClose == null) {
            videoPipe.close();
            return;
        }
        toClose.whenCompleteAsync(
                (running, failure) -> {
                    if (running != null) {
                        running.close();
                    }
                    videoPipe.close();
                },
                SharedThreads.blocking());
    }
}
