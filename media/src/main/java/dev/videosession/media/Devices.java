package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.rtc.device.NativeDevices;
import java.util.List;

/**
 * Lists the devices of this machine. A call takes milliseconds to a second: do not make it on the Swing thread. Any other thread
 * may call. Each call asks the operating system anew.
 */
public final class Devices {
    private Devices() {}

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
