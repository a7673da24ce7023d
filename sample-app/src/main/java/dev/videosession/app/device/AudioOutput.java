package dev.videosession.app.device;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaDevice;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The speaker on which received audio is played, and its volume. For the Swing thread. */
public final class AudioOutput implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AudioOutput.class);

    private final MediaEngine engine;
    private final DeviceWorker worker = new DeviceWorker("call-speaker");

    /**
     * Changes nothing yet.
     *
     * @param engine outlives it
     */
    public AudioOutput(MediaEngine engine) {
        this.engine = engine;
    }

    /**
     * Plays on another speaker.
     *
     * @param speaker null for the system's default
     * @param onFailed gets a sentence for the user if it does not start; the former one is used then
     */
    public void choose(@Nullable MediaDevice speaker, Consumer<String> onFailed) {
        worker.run(
                () -> {
                    engine.setAudioOutput(speaker);
                    return engine;
                },
                failure -> {
                    if (failure != null) {
                        LOG.info("event=speakerUnavailable reason=\"{}\"", failure.getMessage());
                        onFailed.accept(MediaFailures.explain(failure));
                    }
                });
    }

    /**
     * Sets the volume of all received audio.
     *
     * @param percent 0 to 100
     */
    public void setVolume(int percent) {
        worker.run(() -> engine.setOutputVolume(percent));
    }

    /** Releases its thread; the speaker stays as it is. */
    @Override
    public void close() {
        worker.close();
    }
}
