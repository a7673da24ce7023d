package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.Device;
import dev.onvoid.webrtc.media.MediaDevices;
import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the devices that webrtc-java finds. Loads the native library if it is not loaded yet. */
public final class NativeDevices {
    private static final Logger LOG = LoggerFactory.getLogger(NativeDevices.class);

    private NativeDevices() {}

    /** {@return the attached cameras} */
    public static List<MediaDevice> cameras() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.CAMERA, MediaDevices.getVideoCaptureDevices());
    }

    /** {@return the attached microphones; none without an audio system} */
    public static List<MediaDevice> microphones() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.MICROPHONE, audio(AudioDeviceModule::getRecordingDevices));
    }

    /** {@return the attached speakers; none without an audio system} */
    public static List<MediaDevice> speakers() {
        NativeLibrary.load();
        return describe(MediaDevice.Kind.SPEAKER, audio(AudioDeviceModule::getPlayoutDevices));
    }

    /**
     * Lists devices through an audio module, which fails at once without a PulseAudio server. The device list of webrtc-java waits
     * forever then.
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
            LOG.debug("event=audioSystemMissing", e);
            return List.of();
        }
    }

    private static List<MediaDevice> describe(MediaDevice.Kind kind, List<? extends Device> devices) {
        return devices.stream()
                .map(device -> new MediaDevice(kind, id(device.getDescriptor(), device.getName()), device.getName()))
                .toList();
    }

    /** Compares by identifier, or by name if the operating system gives no identifier. */
    static boolean isSame(MediaDevice device, Device found) {
        return device.id().equals(id(found.getDescriptor(), found.getName()));
    }

    private static String id(@Nullable String descriptor, String name) {
        return descriptor == null || descriptor.isEmpty() ? name : descriptor;
    }
}
