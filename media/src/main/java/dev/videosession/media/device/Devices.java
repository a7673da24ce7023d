package dev.videosession.media.device;

import dev.onvoid.webrtc.media.Device;
import dev.onvoid.webrtc.media.MediaDevices;
import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is attached to this machine. Enumerating takes milliseconds to a second: not for the Swing thread. Without an
 * audio server or a camera driver the lists are empty.
 */
public final class Devices {
    private static final Logger LOG = LoggerFactory.getLogger(Devices.class);

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
        return describe(MediaDevice.Kind.MICROPHONE, audio(AudioDeviceModule::getRecordingDevices));
    }

    /**
     * All speakers.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> speakers() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.SPEAKER, audio(AudioDeviceModule::getPlayoutDevices));
    }

    /**
     * Asks an audio module: unlike the device list of webrtc-java, which waits for ever for an absent PulseAudio server, it
     * fails at once.
     */
    private static List<AudioDevice> audio(Function<AudioDeviceModule, List<AudioDevice>> question) {
        try {
            AudioDeviceModule module = new AudioDeviceModule();
            try {
                return question.apply(module);
            } finally {
                module.dispose();
            }
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.debug("There is no sound system", e);
            return List.of();
        }
    }

    private static List<MediaDevice> describe(MediaDevice.Kind kind, List<? extends Device> devices) {
        return devices.stream()
                .map(device -> new MediaDevice(
                        kind, MediaDevice.idOf(device.getDescriptor(), device.getName()), device.getName()))
                .toList();
    }
}
