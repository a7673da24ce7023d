package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.source.Microphone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The microphone that an engine records from. The audio module of an engine records from one device for all its links, so a request for
 * another microphone is refused while one is in use.
 */
public final class RecordingDevice {
    /** The part of the native audio module that is needed; a test has its own. */
    interface Module {
        List<AudioDevice> attached();

        void choose(AudioDevice device);
    }

    private final Module module;
    private @Nullable AudioDevice chosen;
    private int users;

    RecordingDevice(Module module) {
        this.module = module;
    }

    /**
     * Manages the device of an audio module.
     *
     * @param module records
     * @return a manager without a device in use
     */
    public static RecordingDevice of(AudioDeviceModule module) {
        return new RecordingDevice(new Module() {
            @Override
            public List<AudioDevice> attached() {
                return module.getRecordingDevices();
            }

            @Override
            public void choose(AudioDevice device) {
                module.setRecordingDevice(device);
            }
        });
    }

    /**
     * Starts a use of the device. The system's default means the device in use, if there is one. Each success needs one
     * {@link #release()}.
     *
     * @param microphone the device
     * @throws MediaUnavailableException if it is not attached, or another microphone is in use
     */
    public synchronized void acquire(Microphone microphone) {
        AudioDevice used = chosen;
        if (used == null || users == 0) {
            AudioDevice found = find(microphone);
            module.choose(found);
            chosen = found;
        } else if (microphone.device() != null && !NativeDevices.isSame(microphone.device(), used)) {
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "The media engine already records from \"" + used.getName()
                            + "\", and an engine records from one microphone at a time. Stop that recording, or use \""
                            + microphone.device().name() + "\" with a MediaEngine of its own.");
        }
        users++;
    }

    /** Ends one use. The device may be exchanged after the last one. */
    public synchronized void release() {
        users--;
    }

    private AudioDevice find(Microphone microphone) {
        return module.attached().stream()
                .filter(device -> microphone.device() == null || NativeDevices.isSame(microphone.device(), device))
                .findFirst()
                .orElseThrow(() -> new MediaUnavailableException(
                        Missing.MICROPHONE,
                        microphone.device() == null
                                ? "No microphone is attached. Attach one, or publish a tone or a custom source instead."
                                : "The microphone \"" + microphone.device().name()
                                        + "\" is no longer attached. Choose another one."));
    }
}
