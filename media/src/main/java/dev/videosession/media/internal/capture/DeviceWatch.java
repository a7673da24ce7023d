package dev.videosession.media.internal.capture;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.Microphone;
import dev.videosession.protocol.time.TimeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects that a device in use is unplugged. No system reports that reliably, so the attached devices are listed every two seconds
 * while the device delivers nothing. A device that is missing twice in a row counts as unplugged.
 */
final class DeviceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int UNPLUGGED_AFTER = 2;

    private final String name;
    private final Supplier<List<MediaDevice>> attached;
    private final Predicate<MediaDevice> wanted;
    private final BooleanSupplier silent;
    private final Runnable onUnplugged;
    private int missing;

    /**
     * Describes what to watch.
     *
     * @param name of the device, at the beginning of a sentence for users
     * @param attached lists the attached devices; may throw, which means nothing
     * @param wanted matches the device, or one that can replace it
     * @param silent called first each time; false if the device has delivered something since the last call
     * @param onUnplugged called at most once
     */
    DeviceWatch(
            String name,
            Supplier<List<MediaDevice>> attached,
            Predicate<MediaDevice> wanted,
            BooleanSupplier silent,
            Runnable onUnplugged) {
        this.name = name;
        this.attached = attached;
        this.wanted = wanted;
        this.silent = silent;
        this.onUnplugged = onUnplugged;
    }

    /**
     * Describes the watch of a microphone. The system's default counts as unplugged with the last microphone, as the system replaces it
     * before.
     *
     * @param microphone what to watch
     * @param attached lists the attached microphones; may throw, which means nothing
     * @param onUnplugged called at most once
     */
    static DeviceWatch of(Microphone microphone, Supplier<List<MediaDevice>> attached, Runnable onUnplugged) {
        MediaDevice chosen = isDefault(microphone.device()) ? null : microphone.device();
        return new DeviceWatch(
                chosen == null ? "The last microphone" : "The microphone \"" + chosen.name() + "\"",
                attached,
                each -> chosen == null || each.id().equals(chosen.id()),
                () -> true,
                onUnplugged);
    }

    /** Audio systems list their default a second time, under a name such as "default: Headset" that changes with it. */
    private static boolean isDefault(@Nullable MediaDevice device) {
        return device == null || device.name().regionMatches(true, 0, "default", 0, "default".length());
    }

    /** Checks every two seconds until the result is closed. */
    Capture start() {
        return Pacer.start(TimeSource.system(), "media-device-watch", PERIOD_NANOS, this::check, () -> {});
    }

    /** Checks once. One thread at a time. */
    void check() {
        if (missing >= UNPLUGGED_AFTER) {
            return;
        }
        if (!silent.getAsBoolean() || isAttached()) {
            missing = 0;
        } else if (++missing == UNPLUGGED_AFTER) {
            LOG.warn("event=deviceUnplugged device=\"{}\"", name);
            onUnplugged.run();
        }
    }

    private boolean isAttached() {
        try {
            return attached.get().stream().anyMatch(wanted);
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.debug("event=devicesNotListed", e);
            return true;
        }
    }
}
