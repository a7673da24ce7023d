package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.protocol.time.TimeSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * Plays received audio on another speaker, from now on and for all sessions that use this engine. Takes up to a second: do not call
     * on the Swing thread.
     *
     * @param speaker one of {@link Devices#speakers()}, or null for the system's default
     * @throws MediaUnavailableException if it is not attached or does not start, or the engine is {@link AudioMode#HEADLESS}; the former
     *     speaker is used again
     * @throws IllegalStateException if the engine is closed
     */
    void setAudioOutput(@Nullable MediaDevice speaker);

    /** {@return the speaker last set; empty for the system's default} */
    Optional<MediaDevice> audioOutput();

    /**
     * Sets the volume of all received audio, in addition to the volume of each feed. The system shows it as the volume of this program
     * where it has one for each program. Without effect in a {@link AudioMode#HEADLESS} engine.
     *
     * @param percent 0 to 100; 100 at first
     * @throws IllegalArgumentException outside of 0 to 100
     */
    void setOutputVolume(int percent);

    /** {@return the volume last set, 0 to 100} */
    int outputVolume();

    /**
     * Closes the links and the captured media of all sessions that use this engine, and releases its native objects. Waits for that,
     * at most ten seconds. A second call does nothing.
     *
     * @throws IllegalStateException on the engine's own media thread
     */
    @Override
    void close();
}
