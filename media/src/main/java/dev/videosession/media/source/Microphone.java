package dev.videosession.media.source;

import dev.videosession.media.device.Devices;
import dev.videosession.media.device.MediaDevice;
import org.jspecify.annotations.Nullable;

/**
 * A microphone with echo cancellation, gain control and noise suppression.
 *
 * @param device which one, or null for the system's default
 */
public record Microphone(@Nullable MediaDevice device) implements AudioSource {
    /**
     * Watches whether the microphone is attached; asks the operating system every two seconds, on a thread of its own.
     *
     * @param gone called once, on that thread, when the microphone has been missing twice in a row; without a device when there is
     *     no microphone left: the system's default is then another one
     * @return ends the watching
     */
    public Capture watch(Runnable gone) {
        return new DeviceWatch(
                        device == null ? "The last microphone" : "The microphone \"" + device.name() + "\"",
                        Devices::microphones,
                        each -> device == null || each.id().equals(device.id()),
                        () -> true,
                        gone)
                .start();
    }
}
