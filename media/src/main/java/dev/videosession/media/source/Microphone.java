package dev.videosession.media.source;

import dev.videosession.media.device.Devices;
import dev.videosession.media.device.MediaDevice;
import java.util.List;
import java.util.function.Supplier;
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
     * @param gone called once, on that thread, when the microphone has been missing twice in a row; for the system's default when
     *     there is no microphone left, as the system takes another one before
     * @return ends the watching
     */
    public Capture watch(Runnable gone) {
        return watch(Devices::microphones, gone).start();
    }

    DeviceWatch watch(Supplier<List<MediaDevice>> attached, Runnable gone) {
        MediaDevice chosen = isDefault() ? null : device;
        return new DeviceWatch(
                chosen == null ? "The last microphone" : "The microphone \"" + chosen.name() + "\"",
                attached,
                each -> chosen == null || each.id().equals(chosen.id()),
                () -> true,
                gone);
    }

    /** Sound systems list their default a second time, under a name such as "default: Headset" that changes with it. */
    private boolean isDefault() {
        return device == null || device.name().regionMatches(true, 0, "default", 0, "default".length());
    }
}
