package dev.videosession.media.device;

import dev.onvoid.webrtc.media.Device;
import dev.onvoid.webrtc.media.MediaDevices;
import java.util.List;

/**
 * What is attached to this machine. Enumerating takes milliseconds to a second: not for the Swing thread. Without an
 * audio server or a camera driver the lists are empty.
 */
public final class Devices {
    private Devices() {}

    /**
     * All cameras.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> cameras() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.CAMERA, MediaDevices.getVideoCaptureDevices());
    }

    /**
     * All microphones.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> microphones() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.MICROPHONE, MediaDevices.getAudioCaptureDevices());
    }

    /**
     * All speakers.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> speakers() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.SPEAKER, MediaDevices.getAudioRenderDevices());
    }

    private static List<MediaDevice> describe(MediaDevice.Kind kind, List<? extends Device> devices) {
        return devices.stream()
                .map(device -> new MediaDevice(kind, device.getDescriptor(), device.getName()))
                .toList();
    }
}
