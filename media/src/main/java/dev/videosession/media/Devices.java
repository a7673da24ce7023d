package dev.videosession.media;

import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.capture.DeviceListWatch;
import dev.videosession.media.internal.rtc.device.NativeDevices;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Lists the devices of this machine. A call takes milliseconds to a second: do not make it on the Swing thread. Any other thread
 * may call. Each call asks the operating system anew.
 */
public final class Devices {
    private Devices() {}

    /** A running watch of the devices. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        /** Ends the watch and waits until a running call of the listener has returned. A second call does nothing. */
        @Override
        void close();
    }

    /** {@return all devices that are attached} */
    public static DeviceList list() {
        return new DeviceList(cameras(), microphones(), speakers());
    }

    /**
     * Watches the devices: reports the list soon and each time that a device was attached or removed, within about two seconds.
     *
     * @param listener called on a thread of the watch, one call at a time; an exception is logged
     * @return ends the watch; close it before the program ends its own threads, from any thread
     */
    public static Watch watch(Consumer<DeviceList> listener) {
        return DeviceListWatch.start(Devices::list, Objects.requireNonNull(listener, "listener"))::close;
    }

    /**
     * Lists the cameras.
     *
     * @return the attached cameras; empty without a camera or a camera driver
     * @throws dev.videosession.media.device.MediaUnavailableException if the native library cannot be loaded
     */
    public static List<MediaDevice> cameras() {
        return NativeDevices.cameras();
    }

    /**
     * Lists the microphones.
     *
     * @return the attached microphones; empty without a microphone or an audio system
     * @throws dev.videosession.media.device.MediaUnavailableException if the native library cannot be loaded
     */
    public static List<MediaDevice> microphones() {
        return NativeDevices.microphones();
    }

    /**
     * Lists the speakers.
     *
     * @return the attached speakers; empty without speakers or an audio system
     * @throws dev.videosession.media.device.MediaUnavailableException if the native library cannot be loaded
     */
    public static List<MediaDevice> speakers() {
        return NativeDevices.speakers();
    }
}
