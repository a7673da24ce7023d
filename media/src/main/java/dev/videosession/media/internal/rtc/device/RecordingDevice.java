package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.source.Microphone;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The microphone that an engine records from. The audio module of an engine records from one device for all its links, so a request for
 * another microphone is refused while one is in use; {@link #exchange} replaces it for all.
 */
public final class RecordingDevice {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingDevice.class);

    private final AudioPath module;
    private @Nullable AudioDevice chosen;
    private boolean isDefault = true;
    private int users;

    RecordingDevice(AudioPath module) {
        this.module = module;
    }

    /**
     * Manages the device of an audio module.
     *
     * @param module records
     * @return a manager without a device in use
     */
    public static RecordingDevice of(AudioDeviceModule module) {
        PulseStreams streams = PulseStreams.of(PulseStreams.Way.RECORDING);
        return new RecordingDevice(new AudioPath() {
            @Override
            public List<AudioDevice> attached() {
                return module.getRecordingDevices();
            }

            @Override
            public void choose(AudioDevice device) {
                module.setRecordingDevice(device);
            }

            @Override
            public void stop() {
                module.stopRecording();
            }

            @Override
            public void start() {
                module.initRecording();
                module.startRecording();
            }

            @Override
            public void settle(AudioDevice device, boolean wait) {
                if (streams != null) {
                    streams.move(device.getName(), wait);
                }
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
            isDefault = microphone.device() == null;
        } else if (microphone.device() != null && !NativeDevices.isSame(microphone.device(), used)) {
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "The media engine already records from \"" + used.getName()
                            + "\", and an engine records from one microphone at a time. Stop that recording, or use \""
                            + microphone.device().name() + "\" with a MediaEngine of its own.");
        }
        users++;
    }

    /**
     * Records from another microphone, for all uses.
     *
     * @param microphone the device
     * @param sending whether what is recorded is sent at the moment
     * @throws MediaUnavailableException if it is not attached or does not start; the former one is used again
     */
    public synchronized void exchange(Microphone microphone, boolean sending) {
        AudioDevice before = chosen;
        AudioDevice found = find(microphone);
        try {
            use(found, sending);
            if (sending) {
                module.settle(found, true);
            }
        } catch (Exception | Error e) { // the native side throws both without declaring them
            restore(before, sending);
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "The microphone \"" + found.getName() + "\" does not start (" + e.getMessage()
                            + "). Close other programs that use it, or choose another one.",
                    e);
        }
        chosen = found;
        isDefault = microphone.device() == null;
    }

    /** What is recorded begins to be sent: until then there is no stream that can be moved to a device. */
    public synchronized void started() {
        AudioDevice used = chosen;
        if (used != null && !isDefault) {
            module.settle(used, false);
        }
    }

    private void use(AudioDevice device, boolean sending) {
        module.stop();
        module.choose(device);
        if (sending) {
            module.start();
        }
    }

    private void restore(@Nullable AudioDevice before, boolean sending) {
        try {
            if (before != null) {
                use(before, sending);
            }
        } catch (Exception | Error e) { // likewise
            LOG.warn("event=microphoneNotRestored", e);
        }
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
