package dev.videosession.media;

import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.videosession.media.device.NativeLibrary;
import dev.videosession.media.rtc.RtcFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two native factories of an engine, each made when first needed. Not final: a test has one that fails.
 *
 * <p>Pushed sound needs a factory whose audio module never records, or two threads push into one send stream and the
 * process ends; such a module never plays either. So what is received, and what a microphone records (its echo
 * cancellation must know what is played), is on a second factory with a module that works.
 */
class Factories {
    private static final Logger LOG = LoggerFactory.getLogger(Factories.class);

    private final @Nullable AudioDeviceModule devices;
    private final @Nullable RecordingDevice recording;
    private @Nullable RtcFactory pushing;
    private @Nullable RtcFactory playing;

    Factories(boolean headless) {
        NativeLibrary.load();
        devices = headless ? null : realDevices();
        recording = devices == null ? null : new RecordingDevice(RecordingDevice.Module.of(devices));
    }

    private static @Nullable AudioDeviceModule realDevices() {
        AudioDeviceModule module = null;
        try {
            module = new AudioDeviceModule();
            if (!module.getPlayoutDevices().isEmpty()) {
                return module;
            }
            LOG.info("No speakers found: sound is not played, microphones are unavailable");
        } catch (Exception | Error e) { // the native side throws both, undeclared, when the audio server is absent
            LOG.info("No sound system found ({}): sound is not played, microphones are unavailable", e.getMessage());
        }
        if (module != null) {
            RtcFactory.dispose(module);
        }
        return null;
    }

    boolean headless() {
        return devices == null;
    }

    /** Null when there is nothing to record with. */
    @Nullable
    RecordingDevice recording() {
        return recording;
    }

    /** For links that send pushed sound or none. */
    synchronized RtcFactory pushing() {
        if (pushing == null) {
            pushing = factory(new AudioDeviceModule(AudioLayer.kDummyAudio));
        }
        return pushing;
    }

    /** For links that receive, or send a microphone. */
    synchronized RtcFactory playing() {
        if (playing == null) {
            playing = factory(devices == null ? new HeadlessAudioDeviceModule() : devices);
        }
        return playing;
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

    /** Frees both; only when nothing made by them is left. */
    synchronized void dispose() {
        if (pushing != null) {
            pushing.dispose();
            pushing = null;
        }
        if (playing != null) {
            playing.dispose();
            playing = null;
        } else if (devices != null) {
            RtcFactory.dispose(devices);
        }
    }
}
