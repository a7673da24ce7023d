package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records a microphone into a sink, with an audio module of its own. */
public final class MicrophoneRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MicrophoneRecorder.class);

    private final AudioDeviceModule module;
    private boolean closed;

    private MicrophoneRecorder(AudioDeviceModule module) {
        this.module = module;
    }

    /**
     * Starts to record.
     *
     * @param microphone the device, or null for the system's default
     * @param sink gets the audio, on a native thread
     * @return stops it
     * @throws MediaUnavailableException if the microphone is missing or does not start
     */
    public static MicrophoneRecorder start(@Nullable MediaDevice microphone, AudioSink sink) {
        NativeLibrary.load();
        MicrophoneRecorder recorder = null;
        try {
            recorder = new MicrophoneRecorder(new AudioDeviceModule());
            recorder.record(microphone, sink);
            return recorder;
        } catch (Exception | Error e) { // the native side throws both without declaring them
            if (recorder != null) {
                recorder.close();
            }
            throw e instanceof MediaUnavailableException known
                    ? known
                    : new MediaUnavailableException(
                            Missing.MICROPHONE,
                            "The microphone cannot be opened (" + e.getMessage()
                                    + "). Close other programs that use it, or choose another microphone.",
                            e);
        }
    }

    private void record(@Nullable MediaDevice microphone, AudioSink sink) {
        AudioDevice found = module.getRecordingDevices().stream()
                .filter(device -> microphone == null || NativeDevices.isSame(microphone, device))
                .findFirst()
                .orElseThrow(() -> new MediaUnavailableException(
                        Missing.MICROPHONE,
                        microphone == null
                                ? "No microphone is attached. Attach one, or join without it."
                                : "The microphone \"" + microphone.name()
                                        + "\" is no longer attached. Choose another one."));
        module.setRecordingDevice(found);
        module.setAudioSink((bytes, frames, frameBytes, channels, rate, delay, drift) -> {
            try {
                short[] samples = new short[frames * channels];
                ByteBuffer.wrap(bytes)
                        .order(ByteOrder.nativeOrder())
                        .asShortBuffer()
                        .get(samples, 0, Math.min(samples.length, bytes.length / Short.BYTES));
                sink.onSamples(samples, rate, channels, frames);
            } catch (RuntimeException | Error e) { // an Error would reach a native thread and end the process
                LOG.warn("event=recordingNotTaken", e);
            }
        });
        module.initRecording();
        module.startRecording();
        PulseStreams streams = microphone == null ? null : PulseStreams.of(PulseStreams.Way.RECORDING);
        if (streams != null) {
            streams.moveTo(found.getName());
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            module.stopRecording();
        } catch (Exception | Error e) { // likewise
            LOG.debug("event=recordingNotStopped", e);
        }
        try {
            module.dispose();
        } catch (Exception | Error e) { // likewise
            LOG.debug("event=audioModuleReleaseFailed", e);
        }
    }
}
