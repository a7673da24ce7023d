package dev.videosession.session.internal;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamChange;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.session.MediaStoppedEvent;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.internal.dispatch.Answers;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.VideoLimits;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.stream.LocalPublisher;
import dev.videosession.session.internal.stream.Publication;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A publisher: its media, its listeners, and its place in at most one session. */
public final class RealPublisher implements LocalPublisher {
    private final String name;
    private final PublisherMedia media;
    private final PublisherVideo video;
    private final CopyOnWriteArrayList<PublisherListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable SessionHandle> session = new AtomicReference<>();
    private final AtomicBoolean destroyed = new AtomicBoolean();
    private volatile @Nullable SessionHandle lastSession;
    private volatile CallbackQueue callbacks;
    private volatile @Nullable Stream stream;
    private volatile boolean over;
    /** The application has taken it over, while its session was starting over. */
    private volatile boolean kept;

    public RealPublisher(
            String name,
            @Nullable MediaEngine engine,
            @Nullable VideoSource video,
            @Nullable AudioSource audio,
            boolean publishVideo,
            boolean publishAudio,
            @Nullable LinkQuality fallback,
            CallbackQueue callbacks) {
        this.callbacks = callbacks;
        this.name = name;
        this.media = new PublisherMedia(engine, video, audio, publishVideo, publishAudio, this::mediaStopped);
        this.video = new PublisherVideo(media, fallback, this::videoChanged, this::sizeChanged);
    }

    /** {@return the publisher as this library made it} */
    static RealPublisher of(Publisher publisher) {
        Objects.requireNonNull(publisher, "publisher");
        if (publisher instanceof RealPublisher own) {
            return own;
        }
        throw new IllegalArgumentException("Make publishers with Publisher.builder(): " + publisher.getClass());
    }

    @Override
    public PublisherMedia media() {
        return media;
    }

    @Override
    public VideoLimits videoLimits() {
        return video.limits();
    }

    @Override
    public @Nullable LinkQuality audioFallback() {
        return video.fallback();
    }

    @Override
    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Stream> stream() {
        return Optional.ofNullable(stream);
    }

    @Override
    public Optional<Session> session() {
        return Optional.ofNullable(session.get()).map(SessionHandle::session);
    }

    @Override
    public VideoFeed video() {
        return media.video();
    }

    @Override
    public AudioFeed audio() {
        return media.audio();
    }

    @Override
    public Completable start() {
        return answer(media.open()).ignoreElement();
    }

    @Override
    public void publishAudio(boolean on) {
        media.setAudioEnabled(on);
        tellServer(new StreamChange(media.audioEnabled(), null, null, null));
    }

    @Override
    public void publishVideo(boolean on) {
        media.setVideoEnabled(on);
        tellServer(new StreamChange(null, media.videoEnabled(), null, null));
    }

    @Override
    public boolean publishesAudio() {
        return media.audioEnabled();
    }

    @Override
    public boolean publishesVideo() {
        return media.videoEnabled();
    }

    @Override
    public Optional<BufferedImage> snapshot() {
        return media.video().snapshot();
    }

    @Override
    public Completable switchVideo(VideoSource source) {
        return answer(video.switchTo(source)).ignoreElement();
    }

    @Override
    public Single<MediaDevice> cycleVideo() {
        return answer(video.cycle());
    }

    @Override
    public void setMaxVideoBitrate(int bitsPerSecond) {
        video.limit(limits -> limits.withMaxBitrate(bitsPerSecond));
    }

    @Override
    public int maxVideoBitrate() {
        return video.limits().maxBitrate();
    }

    @Override
    public void setPreferredResolution(@Nullable Dimensions size) {
        video.limit(limits -> limits.withResolution(size));
    }

    @Override
    public void setPreferredFrameRate(@Nullable Integer framesPerSecond) {
        video.limit(limits -> limits.withFrameRate(framesPerSecond));
    }

    private void tellServer(StreamChange change) {
        SessionHandle current = session.get();
        if (current != null) {
            current.commands().update(connection -> connection.local().changed(this, change));
        }
    }

    private void videoChanged() {
        SessionHandle current = session.get();
        if (current != null) {
            current.commands().update(connection -> connection.local().videoChanged(this));
        }
    }

    private void sizeChanged(Dimensions before, Dimensions now) {
        tell(listener -> listener.onVideoDimensionsChanged(before, now));
    }

    @Override
    public Single<Map<ConnectionId, LinkStats>> stats() {
        SessionHandle current = session.get();
        if (current == null) {
            return Single.just(Map.of());
        }
        return current.commands().query(connection -> {
            Publication publication = connection.local().publication(this);
            return publication == null ? CompletableFuture.completedFuture(Map.of()) : publication.stats();
        });
    }

    @Override
    public void addListener(PublisherListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void removeListener(PublisherListener listener) {
        listeners.remove(listener);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed.get();
    }

    @Override
    public void destroy() {
        if (!destroyed.compareAndSet(false, true)) {
            return;
        }
        media.close();
        SessionHandle current = session.get();
        if (current == null) {
            callbacks.post(this::tellDestroyed);
            return;
        }
        current.commands().update(connection -> dropped(connection.local().drop(this)), () -> dropped(null));
    }

    private void dropped(@Nullable Stream ended) {
        if (ended != null) {
            StreamDestroyedEvent event = new StreamDestroyedEvent(ended, StreamDestroyReason.CLIENT_DISCONNECTED);
            tell(listener -> listener.onStreamDestroyed(event));
        }
        callbacks.post(this::tellDestroyed);
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public void tell(Consumer<PublisherListener> call) {
        callbacks.post(() -> {
            if (!over) {
                CallbackQueue.tell(listeners, call);
            }
        });
    }

    private void tellDestroyed() {
        over = true;
        CallbackQueue.tell(listeners, PublisherListener::onDestroyed);
    }

    private <T> Single<T> answer(CompletableFuture<T> future) {
        return Answers.on(callbacks, future);
    }

    /** Takes a place in a session, or returns why it cannot. */
    @Nullable
    String attach(SessionHandle newSession) {
        if (destroyed.get()) {
            return "the publisher is destroyed; build a new one";
        }
        if (!session.compareAndSet(null, newSession)) {
            SessionHandle other = session.get();
            return other == null || other.equals(newSession)
                    ? "the publisher is already published in this session, or about to be"
                    : "the publisher is published in the session "
                            + other.session().id() + "; unpublish it there first";
        }
        lastSession = newSession;
        callbacks = newSession.callbacks();
        kept = false;
        return null;
    }

    @Override
    public @Nullable String reattach() {
        SessionHandle last = lastSession;
        return last == null ? "the publisher was in no session" : attach(last);
    }

    /** {@return why it cannot be unpublished from a session that does not have it} */
    String whyNotIn(Session asked) {
        if (destroyed.get()) {
            return "the publisher is destroyed and no longer published";
        }
        SessionHandle other = session.get();
        return other == null || other.session().equals(asked)
                ? "the publisher is not published"
                : "the publisher is published in the session " + other.session().id() + ", not in this one";
    }

    @Override
    public void detach() {
        stream = null;
        session.set(null);
    }

    @Override
    public void published(Stream own) {
        stream = own;
        tell(listener -> listener.onStreamCreated(own));
    }

    @Override
    public void failed(SessionException error) {
        tell(listener -> listener.onError(error));
    }

    @Override
    public void forceMuted() {
        media.setAudioEnabled(false);
        tell(PublisherListener::onMuteForced);
    }

    @Override
    public void ended(Stream own, StreamDestroyReason reason) {
        callbacks.post(() -> endNow(own, reason));
    }

    @Override
    public void startOver(Stream own, Consumer<Boolean> again) {
        callbacks.post(() -> {
            StreamDestroyedEvent event = new StreamDestroyedEvent(own, StreamDestroyReason.NETWORK_DISCONNECTED, true);
            CallbackQueue.tell(listeners, listener -> listener.onStreamDestroyed(event));
            kept = event.isDefaultPrevented();
            again.accept(!kept && !destroyed.get());
        });
    }

    @Override
    public void endNow(@Nullable Stream own, StreamDestroyReason reason) {
        if (own != null) {
            StreamDestroyedEvent event = new StreamDestroyedEvent(own, reason);
            CallbackQueue.tell(listeners, listener -> listener.onStreamDestroyed(event));
            if (event.isDefaultPrevented()) {
                return;
            }
        } else if (kept) {
            return;
        }
        if (session.get() == null) {
            destroyNow();
        } else {
            destroy(); // a listener published it again and let the default action stand
        }
    }

    private void destroyNow() {
        if (destroyed.compareAndSet(false, true)) {
            media.close();
            tellDestroyed();
        }
    }

    private void mediaStopped() {
        callbacks.post(() -> {
            MediaStoppedEvent event = new MediaStoppedEvent();
            CallbackQueue.tell(listeners, listener -> listener.onMediaStopped(event));
            if (event.isDefaultPrevented()) {
                return;
            }
            SessionHandle current = session.get();
            if (current == null) {
                destroy();
            } else {
                PendingResult result = new PendingResult(callbacks);
                current.commands()
                        .submit(
                                connection ->
                                        connection.local().unpublish(this, StreamDestroyReason.MEDIA_STOPPED, result),
                                result::fail);
            }
        });
    }
}
