package dev.videosession.media;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.source.Microphone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which microphone an engine records from. Its audio module records from one device, for everything that is sent from
 * this engine: whoever wants another one meanwhile is refused, instead of changing the device under those who use it.
 */
final class RecordingDevice {
    /** What is needed of the native audio module; a test has its own. */
    interface Module {
        List<AudioDevice> attached();

        void choose(AudioDevice device);

        static Module of(AudioDeviceModule module) {
            return new Module() {
                @Override
                public List<AudioDevice> attached() {
                    return module.getRecordingDevices();
                }

                @Override
                public void choose(AudioDevice device) {
                    module.setRecordingDevice(device);
                }
            };
        }
    }

    private final Module module;
    private @Nullable AudioDevice chosen;
    private int users;

    RecordingDevice(Module module) {
        this.module = module;
    }

    /**
     * Takes the device into use; the system's default is the device in use where there is one. Each success needs one
     * {@link #release()}.
     */
    synchronized void acquire(Microphone microphone) {
        AudioDevice used = chosen;
        if (used == null || users == 0) {
            AudioDevice found = find(microphone);
            module.choose(found);
            chosen = found;
        } else if (microphone.device() != null && !microphone.device().matches(used.getDescriptor(), used.getName())) {
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "The media engine records from \"" + used.getName()
                            + "\", and one engine records from one microphone"
                            + " at a time: \"" + microphone.device().name()
                            + "\" needs a MediaEngine of its own, or the end of the other recording.");
        }
        users++;
    }

    synchronized void release() {
        users--;
    }

    private AudioDevice find(Microphone microphone) {
        return module.attached().stream()
                .filter(device -> microphone.device() == null
                        || microphone.device().matches(device.getDescriptor(), device.getName()))
                .findFirst()
                .orElseThrow(() -> new MediaUnavailableException(
                        Missing.MICROPHONE,
                        microphone.device() == null
                                ? "No microphone is attached. Attach one, or publish a tone or a custom source instead."
                                : "The microphone \"" + microphone.device().name()
                                        + "\" is no longer attached. Choose another one."));
    }
}
