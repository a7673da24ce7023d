package dev.videosession.session.internal;

import dev.videosession.media.Devices;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.Dimensions;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.VideoLimits;
import dev.videosession.session.internal.loop.SharedThreads;
import dev.videosession.session.internal.media.CameraCycle;
import dev.videosession.session.internal.media.DimensionsWatch;
import dev.videosession.session.internal.media.PublisherMedia;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The video of one publisher: its source, its size and its limits. May be used from any thread. */
final class PublisherVideo {
    private final PublisherMedia media;
    private final @Nullable LinkQuality fallback;
    private final Runnable onChanged;
    private final BiConsumer<Dimensions, Dimensions> onSizeChanged;
    private final Object lock = new Object();
    private volatile VideoLimits limits = VideoLimits.NONE;
    private @Nullable MediaDevice camera;

    /**
     * Creates the video of a publisher.
     *
     * @param fallback when a link is too poor for video, or null if video is sent over any link
     * @param onChanged called when the source, the size or the limits may have changed
     * @param onSizeChanged called with the size before and the size now
     */
    PublisherVideo(
            PublisherMedia media,
            @Nullable LinkQuality fallback,
            Runnable onChanged,
            BiConsumer<Dimensions, Dimensions> onSizeChanged) {
        this.media = media;
        this.fallback = fallback;
        this.onChanged = onChanged;
        this.onSizeChanged = onSizeChanged;
        media.videoPipe().addSink(new DimensionsWatch(this::sizeChanged));
    }

    /** {@return when a link is too poor for video; null if there is no audio to give way to, or fallback is off} */
    @Nullable
    LinkQuality fallback() {
        return media.hasAudioSource() ? fallback : null;
    }

    VideoLimits limits() {
        return limits;
    }

    void limit(UnaryOperator<VideoLimits> change) {
        synchronized (lock) {
            limits = change.apply(limits);
        }
        onChanged.run();
    }

    private void sizeChanged(@Nullable Dimensions before, Dimensions now) {
        onChanged.run();
        if (before != null) {
            onSizeChanged.accept(before, now);
        }
    }

    CompletableFuture<VideoSource> switchTo(VideoSource source) {
        return exchange(source, null);
    }

    /** Switches to the camera after the current one. */
    CompletableFuture<MediaDevice> cycle() {
        return CompletableFuture.supplyAsync(Devices::cameras, SharedThreads.blocking())
                .thenCompose(this::cycle);
    }

    private CompletableFuture<MediaDevice> cycle(List<MediaDevice> cameras) {
        MediaDevice next;
        VideoSource current = media.videoSource();
        synchronized (lock) {
            boolean onCamera = current != null && current.kind() == VideoSource.Kind.CAMERA;
            next = CameraCycle.next(cameras, camera, onCamera);
        }
        VideoFormat format = current == null ? VideoFormat.P360 : current.format();
        return exchange(VideoSources.camera(next, format), next).thenApply(done -> next);
    }

    private CompletableFuture<VideoSource> exchange(VideoSource source, @Nullable MediaDevice device) {
        return media.switchVideo(source).thenApply(done -> {
            synchronized (lock) {
                camera = device;
            }
            onChanged.run();
            return done;
        });
    }
}
