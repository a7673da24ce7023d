package dev.videosession.session.internal;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.link.OpenLinks;
import dev.videosession.session.internal.media.DimensionsWatch;
import dev.videosession.session.internal.score.QualityHistory;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import dev.videosession.session.internal.stream.SubscriptionLink;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A subscriber: its feeds, its listeners, and what it wants to receive. */
final class RealSubscriber implements Subscriber, RemoteSubscriber {
    private final SessionHandle session;
    private final Stream stream;
    private final CallbackQueue callbacks;
    private final Consumer<RealSubscriber> onDestroyed;
    private final VideoPipe video = new VideoPipe();
    private final AudioPipe audio = new AudioPipe();
    private final QualityHistory quality = new QualityHistory();
    private final CopyOnWriteArrayList<SubscriberListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean destroyed = new AtomicBoolean();
    private final CompletableSubject connected = CompletableSubject.create();
    private volatile Subscription wanted;

    RealSubscriber(SessionHandle session, Stream stream, Subscription wanted, Consumer<RealSubscriber> onDestroyed) {
        this.session = session;
        this.stream = stream;
        this.wanted = wanted;
        this.callbacks = session.callbacks();
        this.onDestroyed = onDestroyed;
        video.addSink(new DimensionsWatch((before, now) -> {
            if (before != null) {
                tell(listener -> listener.onVideoDimensionsChanged(before, now));
            }
        }));
    }

    @Override
    public Stream stream() {
        return stream;
    }

    @Override
    public Session session() {
        return session.session();
    }

    @Override
    public VideoFeed video() {
        return video;
    }

    @Override
    public Optional<BufferedImage> snapshot() {
        return video.snapshot();
    }

    @Override
    public AudioFeed audio() {
        return audio;
    }

    @Override
    public Completable connected() {
        return connected.hide();
    }

    @Override
    public Subscription wanted() {
        return wanted;
    }

    @Override
    public VideoPipe videoPipe() {
        return video;
    }

    @Override
    public AudioPipe audioPipe() {
        return audio;
    }

    @Override
    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    @Override
    public void tell(Consumer<SubscriberListener> call) {
        callbacks.post(() -> {
            if (!destroyed.get()) {
                CallbackQueue.tell(listeners, call);
            }
        });
    }

    @Override
    public void subscribeToAudio(boolean on) {
        change(old -> new Subscription(on, old.video(), old.preferredDimensions(), old.preferredFrameRate()));
    }

    @Override
    public void subscribeToVideo(boolean on) {
        Subscription before = wanted;
        change(old -> new Subscription(old.audio(), on, old.preferredDimensions(), old.preferredFrameRate()));
        if (before.video() != on) {
            videoChanged(on, VideoChangeReason.SUBSCRIBE_TO_VIDEO);
        }
    }

    @Override
    public void setPreferredResolution(@Nullable Dimensions size) {
        change(old -> new Subscription(old.audio(), old.video(), size, old.preferredFrameRate()));
    }

    @Override
    public void adaptTo(VideoView view) {
        Objects.requireNonNull(view, "view")
                .setShownSizeListener(size -> setPreferredResolution(new Dimensions(size.width, size.height)));
    }

    @Override
    public void setPreferredFrameRate(@Nullable Integer framesPerSecond) {
        change(old -> new Subscription(old.audio(), old.video(), old.preferredDimensions(), framesPerSecond));
    }

    private void change(UnaryOperator<Subscription> change) {
        synchronized (listeners) {
            Subscription after = change.apply(wanted);
            if (after.equals(wanted)) {
                return;
            }
            wanted = after;
        }
        session.commands().update(connection -> connection.remote().changed(this));
    }

    @Override
    public void setAudioVolume(int percent) {
        audio.setVolume(percent);
    }

    @Override
    public Single<LinkStats> stats() {
        return askLink(SubscriptionLink::stats);
    }

    @Override
    public Single<List<RtcStats>> rtcStats() {
        return askLink(SubscriptionLink::rtcStats);
    }

    @Override
    public Optional<QualityScore> qualityScore() {
        return quality.score();
    }

    @Override
    public List<QualitySample> qualityHistory() {
        return quality.samples();
    }

    @Override
    public QualityHistory quality() {
        return quality;
    }

    private <T> Single<T> askLink(Function<SubscriptionLink, CompletableFuture<T>> question) {
        return session.commands().query(connection -> {
            SubscriptionLink link = connection.remote().link(this);
            return link == null
                    ? CompletableFuture.failedFuture(
                            new SessionException(ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "the subscription has ended"))
                    : OpenLinks.only(question.apply(link));
        });
    }

    @Override
    public void addListener(SubscriberListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void removeListener(SubscriberListener listener) {
        listeners.remove(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public boolean isDestroyed() {
        return destroyed.get();
    }

    @Override
    public void destroy() {
        session.commands().update(connection -> connection.remote().drop(this));
        callbacks.post(() -> destroyNow(SessionErrors.unsubscribed()));
    }

    @Override
    public void linkConnected() {
        callbacks.post(() -> {
            if (!destroyed.get()) {
                connected.onComplete();
                CallbackQueue.tell(listeners, SubscriberListener::onConnected);
            }
        });
    }

    @Override
    public void linkDisconnected() {
        tell(SubscriberListener::onDisconnected);
    }

    @Override
    public void linkReconnected() {
        tell(SubscriberListener::onReconnected);
    }

    @Override
    public void videoChanged(boolean on, VideoChangeReason reason) {
        tell(listener -> {
            if (on) {
                listener.onVideoEnabled(reason);
            } else {
                listener.onVideoDisabled(reason);
            }
        });
    }

    @Override
    public void failed(SessionException error) {
        callbacks.post(() -> {
            if (!destroyed.get()) {
                if (!connected.hasComplete()) {
                    connected.onError(error);
                }
                CallbackQueue.tell(listeners, listener -> listener.onError(error));
                destroyNow(error);
            }
        });
    }

    @Override
    public void destroyNow(SessionException why) {
        if (destroyed.compareAndSet(false, true)) {
            onDestroyed.accept(this);
            video.close();
            if (!connected.hasComplete() && !connected.hasThrowable()) {
                connected.onError(why);
            }
            CallbackQueue.tell(listeners, SubscriberListener::onDestroyed);
        }
    }
}
