package dev.videosession.media;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.protocol.time.TimeSource;

/**
 * Owns the audio devices, the media thread and all native objects of the sessions that use it. Create one per process and close it
 * before the process ends. Thread-safe. Applications do not implement this interface.
 */
public interface MediaEngine extends AutoCloseable {
    /** Which audio devices an engine uses. */
    enum AudioMode {
        /** Real devices if there are any, otherwise like {@link #HEADLESS}. */
        AUTO,
        /** No devices: nothing is played and microphones are unavailable. Audio feeds still get samples. */
        HEADLESS
    }

    /**
     * Creates an engine with {@link AudioMode#AUTO}.
     *
     * @return a new engine, which the caller must close
     * @throws MediaUnavailableException if the native library or a system library that it needs is missing
     * @throws IllegalStateException if the process is ending
     */
    static MediaEngine create() {
        return create(AudioMode.AUTO);
    }

    /**
     * Creates an engine. The first one of a process loads the native library, which takes some tenths of a second.
     *
     * @param mode which audio devices to use
     * @return a new engine, which the caller must close
     * @throws MediaUnavailableException if the native library or a system library that it needs is missing
     * @throws IllegalStateException if the process is ending
     */
    static MediaEngine create(AudioMode mode) {
        return new RtcEngine(new RtcFactories(mode == AudioMode.HEADLESS), TimeSource.system());
    }

    /** {@return AUTO if real audio devices are used, HEADLESS otherwise} */
    AudioMode audioMode();

    /**
     * Closes the links and the captured media of all sessions that use this engine, and releases its native objects. Waits for that,
     * at most ten seconds. A second call does nothing.
     *
     * @throws IllegalStateException on the engine's own media thread
     */
    @Override
    void close();
}
