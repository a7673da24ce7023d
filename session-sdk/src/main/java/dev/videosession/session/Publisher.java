package dev.videosession.session;

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

/**
 * Sends one stream: picture, sound or both. Opens its devices with {@link #start()} or when it is first published, and
 * keeps them until it is destroyed; may be in one session at a time. Methods may be called from any thread and return at
 * once.
 */
public final class Publisher implements EventTarget, AutoCloseable {
    private final String name;
    private final PublisherMedia media;
    private final PublisherPicture picture;
    private final CopyOnWriteArrayList<PublisherListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private final AtomicBoolean destroyed = new AtomicBoolean();
    private volatile Callbacks callbacks;
    private volatile @Nullable Stream stream;
    private volatile boolean over;
    /** The application has taken it over, while its session was starting over. */
    private volatile boolean kept;

    Publisher(
            String name,
            @Nullable MediaEngine engine,
            @Nullable VideoSource video,
            @Nullable AudioSource audio,
            boolean publishVideo,
            boolean publishAudio,
            AudioFallback.@Nullable Measure fallback,
            Callbacks callbacks) {
        this.callbacks = callbacks;
        this.name = name;
        this.media = new PublisherMedia(engine, video, audio, publishVideo, publishAudio, this::mediaStopped);
        this.picture = new PublisherPicture(this, media, fallback);
    }

    /**
     * Begins to describe a publisher.
     *
     * @return a builder with neither picture nor sound
     */
    public static PublisherBuilder builder() {
        return new PublisherBuilder();
    }

    PublisherMedia media() {
        return media;
    }

    PublisherPicture picture() {
        return picture;
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /**
     * Returns the name of its stream.
     *
     * @return the name, may be empty
     */
    public String name() {
        return name;
    }

    /**
     * Returns its stream.
     *
     * @return the stream, or empty while it is not in a session
     */
    public Optional<Stream> stream() {
        return Optional.ofNullable(stream);
    }

    /**
     * Returns its session.
     *
     * @return the session, or empty if it is in none and about to enter none
     */
    public Optional<Session> session() {
        return Optional.ofNullable(session.get());
    }

    /**
     * Returns the own picture, for a preview.
     *
     * @return the feed; the same over the publisher's whole life
     */
    public VideoFeed video() {
        return media.video();
    }

    /**
     * Returns the own sound.
     *
     * @return the feed; the same over the publisher's whole life
     */
    public AudioFeed audio() {
        return media.audio();
    }

    /**
     * Opens the devices, for a preview before publishing.
     *
     * @return completes when they run; fails with
     *     {@link dev.videosession.media.device.MediaUnavailableException} if one cannot be had
     */
    public Completable start() {
        return answer(media.open()).ignoreElement();
    }

    /**
     * Turns the sound on or off; the others see {@code streamPropertyChanged} of {@code hasAudio}. Kept for later
     * publications.
     *
     * @param on whether sound is sent
     */
    public void publishAudio(boolean on) {
        media.setAudioEnabled(on);
        tellServer(new StreamChange(media.audioEnabled(), null, null, null));
    }

    /**
     * Turns the picture on or off; the others see {@code streamPropertyChanged} of {@code hasVideo}. Kept for later
     * publications.
     *
     * @param on whether the picture is sent
     */
    public void publishVideo(boolean on) {
        media.setVideoEnabled(on);
        tellServer(new StreamChange(null, media.videoEnabled(), null, null));
    }

    /**
     * Tells whether sound is being sent.
     *
     * @return false if there is none or it is turned off
     */
    public boolean publishesAudio() {
        return media.audioEnabled();
    }

    /**
     * Tells whether a picture is being sent.
     *
     * @return false if there is none or it is turned off
     */
    public boolean publishesVideo() {
        return media.videoEnabled();
    }

    /**
     * Takes a picture of the last own frame.
     *
     * @return a new image in RGB, converted on the calling thread; empty if no frame came yet
     */
    public Optional<BufferedImage> snapshot() {
        return media.video().snapshot();
    }

    /**
     * Exchanges the source of the picture, in a session or not; nobody has to subscribe anew. If the new source does not
     * start, the old one goes on.
     *
     * @param source another camera, a screen, a picture of the application's own
     * @return completes when the new source runs; fails with
     *     {@link dev.videosession.media.device.MediaUnavailableException} if it cannot be had, with 1011 if the publisher has
     *     no picture or is destroyed
     */
    public Completable switchVideo(VideoSource source) {
        return picture.switchTo(source);
    }

    /**
     * Changes to the next of this machine's cameras, see {@link dev.videosession.media.Devices#cameras()}.
     *
     * @return the camera; fails as {@link #switchVideo}
     */
    public Single<MediaDevice> cycleVideo() {
        return picture.cycle();
    }

    /**
     * Limits what the picture may cost on the way to each subscriber.
     *
     * @param bitsPerSecond 5,000 to 10,000,000, or 0 for no limit
     */
    public void setMaxVideoBitrate(int bitsPerSecond) {
        picture.limit(limits -> limits.withMaxBitrate(bitsPerSecond));
    }

    /**
     * Returns the limit.
     *
     * @return bits a second, or 0 for no limit
     */
    public int maxVideoBitrate() {
        return picture.limits().maxBitrate();
    }

    /**
     * Sends a smaller picture to everybody; the preview stays as it is.
     *
     * @param size largest size in pixels, or null for the size as captured
     */
    public void setPreferredResolution(@Nullable Dimensions size) {
        picture.limit(limits -> limits.withResolution(size));
    }

    /**
     * Sends fewer pictures to everybody; the preview stays as it is.
     *
     * @param framesPerSecond 1 to 240, or null for the rate as captured
     */
    public void setPreferredFrameRate(@Nullable Integer framesPerSecond) {
        picture.limit(limits -> limits.withFrameRate(framesPerSecond));
    }

    private void tellServer(StreamChange change) {
        Session current = session.get();
        if (current != null) {
            current.calls().streamChanged(this, change);
        }
    }

    /**
     * Asks for the counters of the links to all subscribers.
     *
     * @return by subscriber; empty if nobody subscribes
     */
    public Single<Map<ConnectionId, LinkStats>> stats() {
        Session current = session.get();
        return current == null ? Single.just(Map.of()) : current.calls().stats(this);
    }

    /**
     * Adds a listener; adding it twice has no effect.
     *
     * @param listener told what happens from now on
     */
    public void addListener(PublisherListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Removes a listener.
     *
     * @param listener told nothing more, except by a call that is under way
     */
    public void removeListener(PublisherListener listener) {
        listeners.remove(listener);
    }

    /**
     * Tells whether it was destroyed.
     *
     * @return true if its devices are closed or about to be
     */
    public boolean isDestroyed() {
        return destroyed.get();
    }

    /** Unpublishes if needed, then closes the devices. A second call does nothing. */
    public void destroy() {
        if (!destroyed.compareAndSet(false, true)) {
            return;
        }
        media.close();
        Session current = session.get();
        if (current == null) {
            callbacks.post(this::tellDestroyed);
            return;
        }
        current.calls().drop(this, ended -> {
            if (ended != null) {
                StreamDestroyedEvent event =
                        new StreamDestroyedEvent(this, ended, StreamDestroyReason.CLIENT_DISCONNECTED);
                tell(listener -> listener.onStreamDestroyed(event));
            }
            callbacks.post(this::tellDestroyed);
        });
    }

    /** Same as {@link #destroy()}. */
    @Override
    public void close() {
        destroy();
    }

    // Calls of the session

    void pictureChanged() {
        Session current = session.get();
        if (current != null) {
            current.calls().pictureChanged(this);
        }
    }

    /** Tells the listeners, unless they were told before that it was destroyed. */
    void tell(Consumer<PublisherListener> call) {
        callbacks.post(() -> {
            if (!over) {
                Callbacks.tell(listeners, call);
            }
        });
    }

    private void tellDestroyed() {
        over = true;
        Callbacks.tell(listeners, PublisherListener::onDestroyed);
    }

    <T> Single<T> answer(CompletableFuture<T> future) {
        return Answers.on(callbacks, future);
    }

    /** Takes a place in a session, or returns why it cannot. */
    @Nullable
    String attach(Session newSession, Callbacks newCallbacks) {
        if (destroyed.get()) {
            return "the publisher is destroyed; build a new one";
        }
        if (!session.compareAndSet(null, newSession)) {
            Session other = session.get();
            return other == null || other.equals(newSession)
                    ? "the publisher is already published in this session, or about to be"
                    : "the publisher is published in the session " + other.id() + "; unpublish it there first";
        }
        callbacks = newCallbacks;
        kept = false;
        return null;
    }

    /** Why it cannot be unpublished from a session that does not have it. */
    String whyNotIn(Session asked) {
        if (destroyed.get()) {
            return "the publisher is destroyed and no longer published";
        }
        Session other = session.get();
        return other == null || other.equals(asked)
                ? "the publisher is not published"
                : "the publisher is published in the session " + other.id() + ", not in this one";
    }

    void detach() {
        stream = null;
        session.set(null);
    }

    void published(Stream own) {
        stream = own;
        tell(listener -> listener.onStreamCreated(own));
    }

    void failed(SessionException error) {
        tell(listener -> listener.onError(error));
    }

    void forceMuted() {
        media.setAudioEnabled(false);
        tell(PublisherListener::onMuteForced);
    }

    void ended(Stream own, StreamDestroyReason reason) {
        callbacks.post(() -> endNow(own, reason));
    }

    /** The stream is gone with its connection; the default action is to publish again on the new one. */
    void startOver(Stream own, Consumer<Boolean> again) {
        callbacks.post(() -> {
            StreamDestroyedEvent event =
                    new StreamDestroyedEvent(this, own, StreamDestroyReason.NETWORK_DISCONNECTED, true);
            Callbacks.tell(listeners, listener -> listener.onStreamDestroyed(event));
            kept = event.isDefaultPrevented();
            again.accept(!kept && !destroyed.get());
        });
    }

    /** Tells the listeners that the stream ended and destroys the publisher unless one prevents it. On a callback. */
    void endNow(@Nullable Stream own, StreamDestroyReason reason) {
        if (own != null) {
            StreamDestroyedEvent event = new StreamDestroyedEvent(this, own, reason);
            Callbacks.tell(listeners, listener -> listener.onStreamDestroyed(event));
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
            MediaStoppedEvent event = new MediaStoppedEvent(this);
            Callbacks.tell(listeners, listener -> listener.onMediaStopped(event));
            if (event.isDefaultPrevented()) {
                return;
            }
            Session current = session.get();
            if (current == null) {
                destroy();
            } else {
                current.calls().unpublish(this, StreamDestroyReason.MEDIA_STOPPED, new Outcome(callbacks));
            }
        });
    }
}
