package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.rtc.device.MicrophoneRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Records a microphone without sending it, for the level meter of a lobby. A publisher's microphone has no level before a link sends it.
 *
 * <pre>{@code
 * try (MicrophoneMeter meter = MicrophoneMeter.open(null)) {
 *     new Timer(50, event -> bar.setValue((int) (100 * meter.audio().level()))).start();
 * }
 * }</pre>
 *
 * <p>Close it before a publisher sends a microphone: on Linux the streams of one process are moved to one microphone. Methods may be
 * called from any thread.
 */
public final class MicrophoneMeter implements AutoCloseable {
    private final AudioPipe audio = new AudioPipe();
    private final MicrophoneRecorder recorder;

    private MicrophoneMeter(@Nullable MediaDevice microphone) {
        recorder = MicrophoneRecorder.start(microphone, audio);
    }

    /**
     * Starts to record, which takes up to a second: do not call on the Swing thread.
     *
     * @param microphone one of {@link Devices#microphones()}, or null for the system's default
     * @return the meter, which the caller must close
     * @throws dev.videosession.media.device.MediaUnavailableException if the microphone is missing or does not start, or the native
     *     library cannot be loaded
     */
    public static MicrophoneMeter open(@Nullable MediaDevice microphone) {
        return new MicrophoneMeter(microphone);
    }

    /** {@return the recorded audio: its level, and its samples for sinks} Its level falls to 0 after {@link #close()}. */
    public AudioFeed audio() {
        return audio;
    }

    /** Stops to record. A second call does nothing. */
    @Override
    public void close() {
        recorder.close();
    }
}
