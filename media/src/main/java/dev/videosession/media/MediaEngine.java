package dev.videosession.media;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.AudioPipe;
import dev.videosession.media.feed.VideoPipe;
import dev.videosession.media.link.LinkConfig;
import dev.videosession.media.link.LinkSignaling;
import dev.videosession.media.rtc.RtcConnection;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
public final class MediaEngine implements AutoCloseable {
    /** Where sound is played and recorded. */
    public enum AudioMode {
        /** Real devices where there are any, else as {@link #HEADLESS}. */
        AUTO,
        /** No devices: nothing is played, microphones are unavailable; feeds get samples all the same. */
        HEADLESS
    }

    private static final Logger LOG = LoggerFactory.getLogger(MediaEngine.class);
    private static final long CLOSE_SECONDS = 10;

    private final MediaLoop loop = new MediaLoop();
    private final Factories factories;
    private final NativeHeap nativeHeap = new NativeHeap();
    private final Thread shutdownHook = new Thread(this::closeAtExit, "media-shutdown");
    private final Set<PeerLink> links = ConcurrentHashMap.newKeySet();
    private final Set<LocalMedia> captures = ConcurrentHashMap.newKeySet();
    /** Read by whoever makes something native, written by close: nothing is made while or after the factories go. */
    private final ReentrantReadWriteLock making = new ReentrantReadWriteLock();

    private boolean closed;

    /** Takes the factories over. */
    MediaEngine(Factories factories) {
        this.factories = factories;
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            factories.dispose();
            throw new IllegalStateException("The process is ending: no media engine can be created any more", e);
        }
    }

    private <T> T make(Supplier<T> maker) {
        making.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The media engine is closed; create another one");
            }
            return maker.get();
        } catch (RuntimeException | Error e) {
            throw unavailable(e);
        } finally {
            making.readLock().unlock();
        }
    }

    /** What a caller gets for what the native side threw: it throws Errors for ordinary failures. */
    static RuntimeException unavailable(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        return failure instanceof RuntimeException expected
                ? expected
                : new MediaUnavailableException(
                        MediaUnavailableException.Missing.NATIVE_LIBRARY,
                        "The native media library failed (" + failure.getMessage() + ").",
                        failure);
    }

    /** Reports the level of a microphone until it is stopped. */
    MicrophoneLevel measureLevel(LocalMedia media, DoubleConsumer level) {
        MicrophoneLevel measuring = new MicrophoneLevel(
                loop,
                () -> links.stream()
                        .flatMap(link -> link instanceof OutgoingLink outgoing ? Stream.of(outgoing) : Stream.empty())
                        .filter(link -> link.media() == media && link.audioActive())
                        .toList(),
                level);
        measuring.start();
        return measuring;
    }

    /** Runs an application's listener on the media thread. */
    void tell(Runnable listener) {
        loop.execute(listener);
    }

    /** A link has freed what it had; on the media thread. */
    void closed(PeerLink link) {
        links.remove(link);
        nativeHeap.linkClosed();
    }

    /** The sources have stopped: its links go first, then its tracks. */
    void closed(LocalMedia media) {
        loop.execute(() -> {
            for (PeerLink link : List.copyOf(links)) {
                if (link instanceof OutgoingLink outgoing && outgoing.media() == media) {
                    link.closeNow();
                }
            }
            media.disposeTracks();
            captures.remove(media);
            media.gone().complete(null);
        });
    }

    /**
     * An engine with {@link AudioMode#AUTO}.
     *
     * @return a new engine the caller must close
     * @throws MediaUnavailableException when the native library or a system library it needs is missing
     */
    public static MediaEngine create() {
        return create(AudioMode.AUTO);
    }

    /**
     * An engine.
     *
     * @param mode where sound is played and recorded
     * @return a new engine the caller must close
     * @throws MediaUnavailableException when the native library or a system library it needs is missing
     */
    public static MediaEngine create(AudioMode mode) {
        return new MediaEngine(new Factories(mode == AudioMode.HEADLESS));
    }

    /**
     * What was found: AUTO never remains.
     *
     * @return AUTO when real audio devices are used, HEADLESS otherwise
     */
    public AudioMode audioMode() {
        return factories.headless() ? AudioMode.HEADLESS : AudioMode.AUTO;
    }

    /**
     * Starts local sources. Opens devices on the calling thread, which may take a second: not for the Swing thread.
     *
     * @param video pictures, or null for none
     * @param audio sound, or null for none
     * @return the running sources, which the caller must close
     * @throws MediaUnavailableException when a device is missing or does not start
     * @throws IllegalStateException when the engine is closed
     * @throws IllegalArgumentException when both are null
     */
    public LocalMedia capture(@Nullable VideoSource video, @Nullable AudioSource audio) {
        if (video == null && audio == null) {
            throw new IllegalArgumentException("Nothing to capture: give a video source, an audio source or both");
        }
        return make(() -> {
            LocalMedia media = new LocalMedia(this, factories, video, audio);
            captures.add(media);
            return media;
        });
    }

    /**
     * Starts to send local media to one peer; the offer goes to the signaling soon after this returns.
     *
     * @param media running local sources of this engine
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @return the link
     * @throws IllegalStateException when the engine or the media is closed
     * @throws MediaUnavailableException when the native library fails
     */
    public OutgoingLink send(LocalMedia media, LinkConfig config, LinkSignaling signaling) {
        return make(() -> {
            if (media.isClosed()) {
                throw new IllegalStateException("The media is closed; capture it again");
            }
            OutgoingLink link = new OutgoingLink(this, loop, factories, media, config, signaling);
            links.add(link);
            link.start();
            return link;
        });
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
        return make(() -> {
            IncomingLink link = new IncomingLink(this, loop, factories, config, signaling, video, audio);
            links.add(link);
            link.start();
            return link;
        });
    }

    /**
     * Closes every link and all local media and frees everything native; waits for it, at most ten seconds. A second call
     * does nothing. Not to be called on the media thread, that is from a {@link LinkSignaling} method.
     */
    @Override
    public void close() {
        if (loop.inLoop()) {
            throw new IllegalStateException("The media engine cannot be closed on its own thread");
        }
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            LOG.trace("The process is ending", e);
            closeAtExit();
            return;
        }
        closeNow();
    }

    /** Closes unless that is impossible: a sink that ends the process keeps its native thread, and the links wait for that thread. */
    private void closeAtExit() {
        if (RtcConnection.isProcessEndedBySink()) {
            LOG.debug("A sink ended the process: the media engine is not closed");
        } else {
            closeNow();
        }
    }

    private void closeNow() {
        making.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            making.writeLock().unlock();
        }
        links.forEach(PeerLink::close);
        captures.forEach(LocalMedia::close);
        boolean released = awaitCaptures();
        loop.execute(factories::dispose);
        if (!loop.close(CLOSE_SECONDS, TimeUnit.SECONDS) || !released) {
            LOG.warn("The media engine was not closed within {} seconds", CLOSE_SECONDS);
        }
    }

    /** Another thread may be in the middle of closing one: its tracks must go before the factory that made them. */
    private boolean awaitCaptures() {
        CompletableFuture<?>[] going = captures.stream().map(LocalMedia::gone).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(going).get(CLOSE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Local media is still in use", e);
            return false;
        }
    }
}
