package dev.videosession.media;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkSignaling;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoSource;
import org.jspecify.annotations.Nullable;

/**
 * Owns the audio devices, the media thread and all native objects. Create one per process and close it before the process ends.
 * Thread-safe.
 */
public final class MediaEngine implements AutoCloseable {
    /** Which audio devices an engine uses. */
    public enum AudioMode {
        /** Real devices if there are any, otherwise like {@link #HEADLESS}. */
        AUTO,
        /** No devices: nothing is played and microphones are unavailable. Audio feeds still get samples. */
        HEADLESS
    }

    private final RtcEngine engine;

    private MediaEngine(RtcEngine engine) {
        this.engine = engine;
    }

    /**
     * Creates an engine with {@link AudioMode#AUTO}.
     *
     * @return a new engine, which the caller must close
     * @throws MediaUnavailableException if the native library or a system library that it needs is missing
     */
    public static MediaEngine create() {
        return create(AudioMode.AUTO);
    }

    /**
     * Creates an engine. The first one of a process loads the native library, which takes some tenths of a second.
     *
     * @param mode which audio devices to use
     * @return a new engine, which the caller must close
     * @throws MediaUnavailableException if the native library or a system library that it needs is missing
     */
    public static MediaEngine create(AudioMode mode) {
        return new MediaEngine(new RtcEngine(new RtcFactories(mode == AudioMode.HEADLESS)));
    }

    /** {@return AUTO if real audio devices are used, HEADLESS otherwise} */
    public AudioMode audioMode() {
        return engine.isHeadless() ? AudioMode.HEADLESS : AudioMode.AUTO;
    }

    /** {@return what creates captures and links; for the session SDK, the type is internal} */
    public RtcEngine rtcEngine() {
        return engine;
    }

    /** Calls {@link RtcEngine#capture}. */
    public LocalMedia capture(@Nullable VideoSource video, @Nullable AudioSource audio) {
        return engine.capture(video, audio);
    }

    /** Calls {@link RtcEngine#send}. */
    public OutgoingLink send(LocalMedia media, LinkConfig config, LinkSignaling signaling) {
        return engine.send(media, config, signaling);
    }

    /** Calls {@link RtcEngine#receive}. */
    public IncomingLink receive(LinkConfig config, LinkSignaling signaling) {
        return engine.receive(config, signaling);
    }

    /** Calls {@link RtcEngine#receive}. */
    public IncomingLink receive(LinkConfig config, LinkSignaling signaling, VideoPipe video, AudioPipe audio) {
        return engine.receive(config, signaling, video, audio);
    }

    /**
     * Closes the links and the captured media of all sessions that use this engine, and releases its native objects. Waits for that,
     * at most ten seconds. A second call does nothing.
     *
     * @throws IllegalStateException on the engine's own media thread
     */
    @Override
    public void close() {
        engine.close();
    }
}
