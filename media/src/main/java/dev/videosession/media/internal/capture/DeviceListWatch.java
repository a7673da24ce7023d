package dev.videosession.media.internal.capture;

import dev.videosession.media.device.DeviceList;
import dev.videosession.media.source.Capture;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the list of devices at first and whenever it has changed, by listing them every two seconds. */
public final class DeviceListWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceListWatch.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<DeviceList> attached;
    private final Consumer<DeviceList> listener;
    private @Nullable DeviceList last;

    DeviceListWatch(Supplier<DeviceList> attached, Consumer<DeviceList> listener) {
        this.attached = attached;
        this.listener = listener;
    }

    /**
     * Begins to watch.
     *
     * @param attached lists the devices; if it throws, nothing is reported and the list is asked for again
     * @param listener called on the thread of the watch
     * @return ends it
     */
    public static Capture start(Supplier<DeviceList> attached, Consumer<DeviceList> listener) {
        DeviceListWatch watch = new DeviceListWatch(attached, listener);
        return Pacer.start(TimeSource.system(), "media-device-list", PERIOD_NANOS, watch::check, () -> {});
    }

    /** Lists the devices once. One thread at a time. */
    void check() {
        DeviceList now;
        try {
            now = attached.get();
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.debug("event=devicesNotListed", e);
            return;
        }
        if (now.equals(last)) {
            return;
        }
        last = now;
        try {
            listener.accept(now);
        } catch (RuntimeException | Error e) {
            LOG.error("event=deviceListenerFailed", e);
        }
    }
}
