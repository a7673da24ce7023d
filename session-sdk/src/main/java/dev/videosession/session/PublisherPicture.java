package dev.videosession.session;

import dev.videosession.media.Devices;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.Dimensions;
import dev.videosession.session.loop.SharedThreads;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where a publisher's picture comes from, how large it is and what it may cost. May be used from any thread. */
final class PublisherPicture {
    private final Publisher publisher;
    private final PublisherMedia media;
    private final AudioFallback.@Nullable Measure fallback;
    private final Object lock = new Object();
    private volatile VideoLimits limits = VideoLimits.NONE;
    private @Nullable MediaDevice camera;

    PublisherPicture(Publisher publisher, PublisherMedia media, AudioFallback.@Nullable Measure fallback) {
        this.publisher = publisher;
        this.fallback = fallback;
        this.media = media;
        media.videoPipe().addSink(new DimensionsWatch(this::sizeChanged));
    }

    /** Tells when to give the picture up; null for never. */
    AudioFallback.@Nullable Measure fallback() {
        return media.hasAudioSource() ? fallback : null;
    }

    VideoLimits limits() {
        return limits;
    }

    void limit(UnaryOperator<VideoLimits> change) {
        synchronized (lock) {
            limits = change.apply(limits);
        }
        publisher.pictureChanged();
    }

    private void sizeChanged(@Nullable Dimensions before, Dimensions now) {
        publisher.pictureChanged();
        if (before != null) {
            publisher.tell(listener -> listener.onVideoDimensionsChanged(before, now));
        }
    }

    Completable switchTo(VideoSource source) {
        return publisher.answer(exchange(source, null)).ignoreElement();
    }

    Single<MediaDevice> cycle() {
        return publisher.answer(CompletableFuture.supplyAsync(Devices::cameras, SharedThreads.blocking())
                .thenCompose(this::cycle));
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
            publisher.pictureChanged();
            return done;
        });
    }
}
