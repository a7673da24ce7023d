package dev.videosession.media.internal.capture;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.Microphone;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a device in use is gone. Nothing tells so reliably on every system, so the list of what is attached is
 * asked every two seconds while the device has nothing to show; a device that is missing twice in a row is gone.
 */
final class DeviceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int GONE_AFTER = 2;

    private final String name;
    private final Supplier<List<MediaDevice>> attached;
    private final Predicate<MediaDevice> wanted;
    private final BooleanSupplier suspicious;
    private final Runnable gone;
    private int missing;

    /**
     * Describes what to watch.
     *
     * @param name of the device, for people, at the beginning of a sentence
     * @param attached what is attached now; may throw, which says nothing about the device
     * @param wanted tells the device, or one as good
     * @param suspicious asked first each time; false when the device gave something since
     * @param gone called at most once
     */
    DeviceWatch(
            String name,
            Supplier<List<MediaDevice>> attached,
            Predicate<MediaDevice> wanted,
            BooleanSupplier suspicious,
            Runnable gone) {
        this.name = name;
        this.attached = attached;
        this.wanted = wanted;
        this.suspicious = suspicious;
        this.gone = gone;
    }

    /**
     * Describes the watch of a microphone. The system's default is gone with the last microphone, as the system replaces it before.
     *
     * @param microphone what to watch
     * @param attached the attached microphones; may throw, which says nothing about the device
     * @param gone called at most once
     */
    static DeviceWatch of(Microphone microphone, Supplier<List<MediaDevice>> attached, Runnable gone) {
        MediaDevice chosen = isDefault(microphone.device()) ? null : microphone.device();
        return new DeviceWatch(
                chosen == null ? "The last microphone" : "The microphone \"" + chosen.name() + "\"",
                attached,
                each -> chosen == null || each.id().equals(chosen.id()),
                () -> true,
                gone);
    }

    /** Audio systems list their default a second time, under a name such as "default: Headset" that changes with it. */
    private static boolean isDefault(@Nullable MediaDevice device) {
        return device == null || device.name().regionMatches(true, 0, "default", 0, "default".length());
    }

    /** Looks from time to time until it is closed. */
    Capture start() {
        return Pacer.start("media-device-watch", PERIOD_NANOS, this::look, () -> {});
    }

    /** Looks once. One thread at a time. */
    void look() {
        if (missing >= GONE_AFTER) {
            return;
        }
        if (!suspicious.getAsBoolean() || isAttached()) {
            missing = 0;
        } else if (++missing == GONE_AFTER) {
            LOG.warn("{} is gone", name);
            gone.run();
        }
    }

    private boolean isAttached() {
        try {
            return attached.get().stream().anyMatch(wanted);
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.debug("The attached devices cannot be listed", e);
            return true;
        }
    }
}
