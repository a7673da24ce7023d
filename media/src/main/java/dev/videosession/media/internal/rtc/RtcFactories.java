package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.videosession.media.internal.rtc.device.PlayoutDevice;
import dev.videosession.media.internal.rtc.device.RecordingDevice;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two native factories of an engine, each created when it is first needed. Not final: a test has one that fails.
 *
 * <p>Pushed audio needs a factory whose audio module never records: otherwise two threads push into one send stream, which ends the
 * process. Such a module never plays either. So links that receive, and links that send a microphone (its echo cancellation needs
 * what is played), use a second factory with a working audio module.
 */
public class RtcFactories {
    private static final Logger LOG = LoggerFactory.getLogger(RtcFactories.class);

    private final @Nullable AudioDeviceModule devices;
    private final @Nullable RecordingDevice recording;
    private final @Nullable PlayoutDevice speaker;
    private @Nullable RtcFactory pushedAudio;
    private @Nullable RtcFactory playout;

    /**
     * Loads the native library and looks for audio devices.
     *
     * @param headless whether to use no audio devices
     * @throws dev.videosession.media.device.MediaUnavailableException if the native library cannot be loaded
     */
    public RtcFactories(boolean headless) {
        NativeLibrary.load();
        devices = headless ? null : realDevices();
        recording = devices == null ? null : RecordingDevice.of(devices);
        speaker = devices == null ? null : PlayoutDevice.of(devices);
    }

    private static @Nullable AudioDeviceModule realDevices() {
        AudioDeviceModule module = null;
        try {
            module = new AudioDeviceModule();
            if (!module.getPlayoutDevices().isEmpty()) {
                return module;
            }
            LOG.info(
                    "event=audioHeadless reason=\"no speakers found: audio is not played, microphones are unavailable\"");
        } catch (Exception | Error e) { // the native side throws both, undeclared, when the audio server is absent
            LOG.info(
                    "event=audioHeadless reason=\"no audio system found ({}): audio is not played, microphones are unavailable\"",
                    e.getMessage());
        }
        if (module != null) {
            RtcFactory.dispose(module);
        }
        return null;
    }

    /** {@return whether no audio devices are used} */
    public boolean headless() {
        return devices == null;
    }

    /** {@return the microphone in use, or null without an audio system} */
    public @Nullable RecordingDevice recording() {
        return recording;
    }

    /** {@return the speaker in use, or null without an audio system} */
    public @Nullable PlayoutDevice playoutDevice() {
        return speaker;
    }

    /** {@return the factory of links that send pushed audio or no audio} */
    public synchronized RtcFactory pushedAudio() {
        if (pushedAudio == null) {
            pushedAudio = factory(new AudioDeviceModule(AudioLayer.kDummyAudio));
        }
        return pushedAudio;
    }

    /** {@return the factory of links that receive, or send a microphone} */
    public synchronized RtcFactory playout() {
        if (playout == null) {
            playout = factory(devices == null ? new HeadlessAudioDeviceModule() : devices);
        }
        return playout;
    }

    private RtcFactory factory(AudioDeviceModuleBase audio) {
        try {
            return new RtcFactory(audio);
        } catch (RuntimeException | Error e) {
            if (audio != devices) {
                RtcFactory.dispose(audio);
            }
            throw e;
        }
    }

    /** Releases both factories, after everything that they made. */
    public synchronized void dispose() {
        if (pushedAudio != null) {
            pushedAudio.dispose();
            pushedAudio = null;
        }
        if (playout != null) {
            playout.dispose();
            playout = null;
        } else if (devices != null) {
            RtcFactory.dispose(devices);
        }
    }
}
