package dev.videosession.media.internal.engine;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkSignaling;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.device.PlayoutDevice;
import dev.videosession.media.internal.rtc.encoding.MediaCoding;
import dev.videosession.media.internal.rtc.library.NativeHeap;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.time.TimeSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates captures and links, and owns all native objects of an engine. Thread-safe.
 *
 * <pre>{@code
 * LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
 * OutgoingLink link = engine.send(media, LinkConfig.DIRECT, signaling);
 * }</pre>
 */
public final class RtcEngine implements MediaEngine {
    private static final Logger LOG = LoggerFactory.getLogger(RtcEngine.class);
    private static final long CLOSE_SECONDS = 10;
    private static final int FULL_VOLUME = 100;

    private final MediaLoop loop = new MediaLoop();
    private final RtcFactories factories;
    private final TimeSource time;
    private final NativeHeap nativeHeap;
    private final Thread shutdownHook = new Thread(this::closeAtExit, "media-shutdown");
    private final Set<PeerLink> links = ConcurrentHashMap.newKeySet();
    private final Set<LocalMedia> captures = ConcurrentHashMap.newKeySet();
    /** The read lock is held to create native objects, the write lock to close: nothing is created during or after disposal. */
    private final ReentrantReadWriteLock creation = new ReentrantReadWriteLock();

    private volatile int outputVolume = FULL_VOLUME;
    private boolean closed;

    /**
     * Creates an engine, which disposes of the factories when it is closed.
     *
     * @param factories used by this engine only
     * @param time the clocks of its links and captures
     * @throws IllegalStateException if the process is ending
     */
    public RtcEngine(RtcFactories factories, TimeSource time) {
        this.factories = factories;
        this.time = time;
        nativeHeap = new NativeHeap(time);
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            factories.dispose();
            throw new IllegalStateException("Cannot create a media engine: the process is ending.", e);
        }
    }

    /**
     * Gives the SDK access to an engine of an application.
     *
     * @param engine from {@link MediaEngine#create}
     * @return the same engine
     * @throws IllegalArgumentException if the engine is of another class
     */
    public static RtcEngine of(MediaEngine engine) {
        if (engine instanceof RtcEngine own) {
            return own;
        }
        throw new IllegalArgumentException("Not an engine of this library: "
                + engine.getClass().getName() + ". Create it with MediaEngine.create().");
    }

    private <T> T create(Supplier<T> creator) {
        creation.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The media engine is closed. Create another one.");
            }
            return creator.get();
        } catch (RuntimeException | Error e) {
            throw NativeLibrary.failure(e);
        } finally {
            creation.readLock().unlock();
        }
    }

    /** Asks a connected link that sends the audio of the media for its statistics; on the media loop. */
    private Optional<CompletableFuture<LinkStats>> audioStats(LocalMedia media) {
        return outgoing(media).filter(OutgoingLink::sendsAudio).findFirst().map(PeerLink::stats);
    }

    private boolean isAudioSent(LocalMedia media) {
        return outgoing(media).anyMatch(OutgoingLink::sendsAudio);
    }

    private Stream<OutgoingLink> outgoing(LocalMedia media) {
        return links.stream()
                .flatMap(link -> link instanceof OutgoingLink outgoing ? Stream.of(outgoing) : Stream.empty())
                .filter(link -> link.media() == media);
    }

    private void linkClosed(PeerLink link) {
        links.remove(link);
        nativeHeap.linkClosed();
    }

    /** Closes the links of media whose sources have stopped, then releases its tracks. */
    private void mediaClosed(LocalMedia media) {
        loop.execute(() -> {
            for (OutgoingLink link : outgoing(media).toList()) {
                link.closeNow();
            }
            media.dispose();
            captures.remove(media);
        });
    }

    @Override
    public AudioMode audioMode() {
        return factories.headless() ? AudioMode.HEADLESS : AudioMode.AUTO;
    }

    @Override
    public void setAudioOutput(@Nullable MediaDevice output) {
        create(() -> {
            PlayoutDevice speaker = factories.playoutDevice();
            if (speaker == null) {
                throw new MediaUnavailableException(
                        MediaUnavailableException.Missing.SPEAKER,
                        "There is no audio system to play with. Start one (PulseAudio or PipeWire on Linux) and create the engine"
                                + " with AudioMode.AUTO.");
            }
            speaker.choose(output, links.stream().anyMatch(IncomingLink.class::isInstance));
            return speaker;
        });
    }

    @Override
    public Optional<MediaDevice> audioOutput() {
        PlayoutDevice speaker = factories.playoutDevice();
        return speaker == null ? Optional.empty() : speaker.chosen();
    }

    @Override
    public void setOutputVolume(int percent) {
        if (percent < 0 || percent > FULL_VOLUME) {
            throw new IllegalArgumentException("A volume is 0 to 100, not " + percent + ".");
        }
        outputVolume = percent;
        PlayoutDevice speaker = factories.playoutDevice();
        if (speaker != null) {
            create(() -> {
                speaker.setVolume(percent);
                return speaker;
            });
        }
    }

    @Override
    public int outputVolume() {
        return outputVolume;
    }

    /**
     * Starts local sources. Opens devices on the calling thread, which may take a second: do not call on the Swing thread.
     *
     * @param video the video source, or null for none
     * @param audio the audio source, or null for none
     * @return the running sources, which the caller must close
     * @throws dev.videosession.media.device.MediaUnavailableException if a device is missing or does not start
     * @throws IllegalStateException if the engine is closed
     * @throws IllegalArgumentException if both are null
     */
    public LocalMedia capture(@Nullable VideoSource video, @Nullable AudioSource audio) {
        if (video == null && audio == null) {
            throw new IllegalArgumentException("Nothing to capture. Give a video source, an audio source or both.");
        }
        return create(() -> {
            LocalMedia media = new LocalMedia(
                    loop, factories, time, video, audio, this::audioStats, this::isAudioSent, this::mediaClosed);
            captures.add(media);
            return media;
        });
    }

    /**
     * Starts to send local media to one peer. The offer goes to the signaling soon after this returns.
     *
     * @param media running local sources of this engine
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @return the link
     * @throws IllegalStateException if the engine or the media is closed
     * @throws dev.videosession.media.device.MediaUnavailableException if the native library fails
     */
    public OutgoingLink send(LocalMedia media, LinkConfig config, LinkSignaling signaling) {
        return send(media, config, signaling, MediaCoding.SINGLE);
    }

    /**
     * Sends video in a codec of the caller's choice, or to a peer that takes several encodings, for example a media router.
     *
     * @param media what to send
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @param coding how video is encoded
     * @return the link
     * @throws IllegalStateException if the media or the engine is closed
     */
    public OutgoingLink send(LocalMedia media, LinkConfig config, LinkSignaling signaling, MediaCoding coding) {
        return create(() -> {
            if (media.isClosed()) {
                throw new IllegalStateException("The media is closed. Capture it again.");
            }
            return open(new OutgoingLink(this::linkClosed, loop, factories, time, media, config, signaling, coding));
        });
    }

    /**
     * Prepares to receive from one peer. The link waits for {@link PeerLink#remoteDescription the offer}.
     *
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @return the link
     * @throws IllegalStateException if the engine is closed
     */
    public IncomingLink receive(LinkConfig config, LinkSignaling signaling) {
        return receive(config, signaling, new VideoPipe(), new AudioPipe(time));
    }

    /**
     * Prepares to receive into given feeds, so that views and sinks of an earlier link continue.
     *
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @param video gets the video; not closed by the link
     * @param audio gets the audio
     * @return the link
     * @throws IllegalStateException if the engine is closed
     */
    public IncomingLink receive(LinkConfig config, LinkSignaling signaling, VideoPipe video, AudioPipe audio) {
        return create(() -> open(new IncomingLink(this::linkClosed, loop, factories, config, signaling, video, audio)));
    }

    private <T extends PeerLink> T open(T link) {
        links.add(link);
        link.start();
        return link;
    }

    @Override
    public void close() {
        if (loop.inLoop()) {
            throw new IllegalStateException(
                    "The media engine cannot be closed on its own thread. Close it on another one.");
        }
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            LOG.trace("event=closedDuringShutdown", e);
            closeAtExit();
            return;
        }
        closeNow();
    }

    /** Closes unless a sink ends the process: its native thread never returns, and closing a link waits for that thread. */
    private void closeAtExit() {
        if (RtcConnection.isProcessEndedBySink()) {
            LOG.debug("event=engineNotClosed reason=\"a sink ended the process\"");
        } else {
            closeNow();
        }
    }

    private void closeNow() {
        creation.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            creation.writeLock().unlock();
        }
        links.forEach(PeerLink::close);
        captures.forEach(LocalMedia::close);
        boolean released = awaitCaptures();
        loop.execute(factories::dispose);
        if (!loop.close(CLOSE_SECONDS, TimeUnit.SECONDS) || !released) {
            LOG.warn("event=engineCloseTimedOut seconds={}", CLOSE_SECONDS);
        }
    }

    /** Another thread may be closing local media: its tracks must be released before the factory that created them. */
    private boolean awaitCaptures() {
        CompletableFuture<?>[] closing =
                captures.stream().map(LocalMedia::released).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(closing).get(CLOSE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("event=mediaCloseTimedOut seconds={}", CLOSE_SECONDS, e);
            return false;
        }
    }
}
