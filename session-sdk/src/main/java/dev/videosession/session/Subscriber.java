package dev.videosession.session;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Subscription;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Receives one stream of somebody else. Made by {@link Session#subscribe}. Methods may be called from any thread and
 * return at once. Its feeds stay readable after its end, without new content; the last picture is kept until it is
 * destroyed.
 */
public final class Subscriber implements EventTarget {
    private final Session session;
    private final Stream stream;
    private final Callbacks callbacks;
    private final VideoPipe video = new VideoPipe();
    private final AudioPipe audio = new AudioPipe();
    private final CopyOnWriteArrayList<SubscriberListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Subscription wanted;
    private final AtomicBoolean destroyed = new AtomicBoolean();
    private final CompletableSubject connected = CompletableSubject.create();

    Subscriber(Session session, Stream stream, Subscription wanted, Callbacks callbacks) {
        this.session = session;
        this.stream = stream;
        this.wanted = wanted;
        this.callbacks = callbacks;
        video.addSink(new DimensionsWatch((before, now) -> {
            if (before != null) {
                tell(listener -> listener.onVideoDimensionsChanged(before, now));
            }
        }));
    }

    /**
     * Returns what is received.
     *
     * @return the stream
     */
    public Stream stream() {
        return stream;
    }

    /**
     * Returns the session it belongs to.
     *
     * @return the session
     */
    public Session session() {
        return session;
    }

    /**
     * Returns the picture.
     *
     * @return the feed, the same over the subscriber's whole life
     */
    public VideoFeed video() {
        return video;
    }

    /**
     * Takes a picture of the last frame.
     *
     * @return a new image in RGB, converted on the calling thread; empty if no frame came yet
     */
    public Optional<BufferedImage> snapshot() {
        return video.snapshot();
    }

    /**
     * Returns the sound.
     *
     * @return the feed, the same over the subscriber's whole life
     */
    public AudioFeed audio() {
        return audio;
    }

    /**
     * Tells when media flows for the first time.
     *
     * @return completes then; fails with {@link SessionException} if the subscription is refused or ends before: with
     *     {@code OT_CANCEL} if the application unsubscribes, {@code OT_STREAM_DESTROYED} if the stream ends,
     *     {@code OT_NOT_CONNECTED} if the session is not connected or ends
     */
    public Completable connected() {
        return connected.hide();
    }

    Subscription wanted() {
        return wanted;
    }

    VideoPipe videoPipe() {
        return video;
    }

    AudioPipe audioPipe() {
        return audio;
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Tells the listeners, unless it was destroyed before. */
    void tell(Consumer<SubscriberListener> call) {
        callbacks.post(() -> {
            if (!destroyed.get()) {
                Callbacks.tell(listeners, call);
            }
        });
    }

    /**
     * Turns the sound on or off, for this subscriber only; while off the publisher does not send it here.
     *
     * @param on true at first
     */
    public void subscribeToAudio(boolean on) {
        change(old -> new Subscription(on, old.video(), old.preferredDimensions(), old.preferredFrameRate()));
    }

    /**
     * Turns the picture on or off, for this subscriber only; while off the publisher does not send it here.
     *
     * @param on true at first
     */
    public void subscribeToVideo(boolean on) {
        Subscription before = wanted;
        change(old -> new Subscription(old.audio(), on, old.preferredDimensions(), old.preferredFrameRate()));
        if (before.video() != on) {
            videoChanged(on, "subscribeToVideo");
        }
    }

    /**
     * Asks for a smaller picture.
     *
     * @param size largest useful size in pixels, or null for the size as published
     */
    public void setPreferredResolution(@Nullable Dimensions size) {
        change(old -> new Subscription(old.audio(), old.video(), size, old.preferredFrameRate()));
    }

    /**
     * Asks for fewer pictures.
     *
     * @param framesPerSecond 1 to 240, or null for the rate as published
     * @throws IllegalArgumentException outside of 1 to 240
     */
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
        session.calls().subscriptionChanged(this);
    }

    /**
     * Sets how loud the sound is played.
     *
     * @param percent 0 to 100; see {@link AudioFeed#setVolume}
     * @throws IllegalArgumentException outside of 0 to 100
     */
    public void setAudioVolume(int percent) {
        audio.setVolume(percent);
    }

    /**
     * Asks for the counters of the media link.
     *
     * @return fails if there is no link
     */
    public Single<LinkStats> stats() {
        return session.calls().stats(this);
    }

    /**
     * Adds a listener; adding it twice has no effect.
     *
     * @param listener told what happens from now on
     */
    public void addListener(SubscriberListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Removes a listener.
     *
     * @param listener told nothing more, except by a call that is under way
     */
    public void removeListener(SubscriberListener listener) {
        listeners.remove(listener);
    }

    /**
     * Tells whether it was destroyed.
     *
     * @return true if nothing will be received any more and the last picture is given up
     */
    public boolean isDestroyed() {
        return destroyed.get();
    }

    /** Ends the subscription. A second call does nothing. Same as {@link Session#unsubscribe}. */
    public void destroy() {
        session.calls().drop(this);
        callbacks.post(() -> destroyNow(SessionException.unsubscribed()));
    }

    // Calls of the session

    void linkConnected() {
        callbacks.post(() -> {
            if (!destroyed.get()) {
                connected.onComplete();
                Callbacks.tell(listeners, SubscriberListener::onConnected);
            }
        });
    }

    void disconnected() {
        tell(SubscriberListener::onDisconnected);
    }

    void reconnected() {
        tell(SubscriberListener::onReconnected);
    }

    void videoChanged(boolean on, String reason) {
        tell(listener -> {
            if (on) {
                listener.onVideoEnabled(reason);
            } else {
                listener.onVideoDisabled(reason);
            }
        });
    }

    void failed(SessionException error) {
        callbacks.post(() -> {
            if (!destroyed.get()) {
                if (!connected.hasComplete()) {
                    connected.onError(error);
                }
                Callbacks.tell(listeners, listener -> listener.onError(error));
                destroyNow(error);
            }
        });
    }

    /** Gives up the last frame and tells the listeners. On a callback. */
    void destroyNow(SessionException why) {
        if (destroyed.compareAndSet(false, true)) {
            session.forget(this);
            video.close();
            if (!connected.hasComplete() && !connected.hasThrowable()) {
                connected.onError(why);
            }
            Callbacks.tell(listeners, SubscriberListener::onDestroyed);
        }
    }
}
