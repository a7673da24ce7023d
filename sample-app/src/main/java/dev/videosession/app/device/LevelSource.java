package dev.videosession.app.device;

import dev.videosession.media.MicrophoneMeter;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.PushedAudioSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A microphone that is recorded for its level only. */
@FunctionalInterface
public interface LevelSource {
    /**
     * A running recording.
     *
     * @param level how loud it is, 0 to 1, linear
     * @param capture closes the microphone
     */
    record Recording(DoubleSupplier level, Capture capture) implements AutoCloseable {
        @Override
        public void close() {
            capture.close();
        }
    }

    /**
     * Starts to record, which takes up to a second.
     *
     * @return the recording
     * @throws dev.videosession.media.device.MediaUnavailableException if the microphone does not open
     */
    Recording start();

    /**
     * A microphone of this machine.
     *
     * @param device which, or null for the default
     * @return its source
     */
    static LevelSource of(@Nullable MediaDevice device) {
        return () -> {
            MicrophoneMeter meter = MicrophoneMeter.open(device);
            return new Recording(meter.audio()::level, meter::close);
        };
    }

    /**
     * Audio that is made in Java.
     *
     * @param source the audio
     * @return its level
     */
    static LevelSource of(PushedAudioSource source) {
        return () -> {
            PeakLevel peak = new PeakLevel();
            Capture capture = source.start(peak, () -> {});
            return new Recording(peak::level, capture);
        };
    }
}
