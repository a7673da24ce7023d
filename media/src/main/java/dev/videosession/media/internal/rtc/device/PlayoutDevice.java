package dev.videosession.media.internal.rtc.device;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The speaker and the volume with which an engine plays received audio. Thread-safe. */
public final class PlayoutDevice {
    private static final Logger LOG = LoggerFactory.getLogger(PlayoutDevice.class);
    private static final int FULL = 100;

    /** Playback, which has a volume besides. */
    interface Playback extends AudioPath {
        /** Sets the volume of what is played, 0 to 100. */
        void setVolume(int percent);
    }

    private final Playback module;
    private @Nullable MediaDevice chosen;
    private int volume = FULL;

    PlayoutDevice(Playback module) {
        this.module = module;
    }

    /**
     * Manages the speaker of an audio module.
     *
     * @param module plays
     * @return a manager of the system's default speaker
     */
    public static PlayoutDevice of(AudioDeviceModule module) {
        PulseStreams streams = PulseStreams.of(PulseStreams.Way.PLAYBACK);
        return new PlayoutDevice(new Playback() {
            @Override
            public List<AudioDevice> attached() {
                return module.getPlayoutDevices();
            }

            @Override
            public void choose(AudioDevice device) {
                module.setPlayoutDevice(device);
            }

            @Override
            public void stop() {
                module.stopPlayout();
            }

            @Override
            public void start() {
                module.initPlayout();
                module.startPlayout();
            }

            @Override
            public void setVolume(int percent) {
                int least = module.getMinSpeakerVolume();
                int most = module.getMaxSpeakerVolume();
                module.setSpeakerVolume(least + (int) ((long) (most - least) * percent / FULL));
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
     * Plays on another speaker.
     *
     * @param speaker the device, or null for the system's default
     * @param playing whether audio is received at the moment
     * @throws MediaUnavailableException if it is not attached or does not start; the former one is used again
     */
    public synchronized void choose(@Nullable MediaDevice speaker, boolean playing) {
        AudioDevice found = find(speaker);
        try {
            exchange(found, playing);
        } catch (Exception | Error e) { // the native side throws both without declaring them
            restore(playing);
            throw new MediaUnavailableException(
                    Missing.SPEAKER,
                    "The speaker \"" + found.getName() + "\" does not start (" + e.getMessage()
                            + "). Choose another one.",
                    e);
        }
        chosen = speaker;
        applyVolume();
    }

    private void exchange(AudioDevice device, boolean playing) {
        module.stop();
        module.choose(device);
        if (playing) {
            module.start();
            module.settle(device, true);
        }
    }

    private void restore(boolean playing) {
        try {
            module.stop();
            module.choose(find(chosen));
            if (playing) {
                module.start();
            }
        } catch (Exception | Error e) { // likewise
            LOG.warn("event=speakerNotRestored", e);
        }
    }

    /** {@return the chosen speaker; empty for the system's default} */
    public synchronized Optional<MediaDevice> chosen() {
        return Optional.ofNullable(chosen);
    }

    /**
     * Changes the volume, now or as soon as audio is played.
     *
     * @param percent 0 to 100
     */
    public synchronized void setVolume(int percent) {
        volume = percent;
        apply();
    }

    /** {@return the volume, 0 to 100} */
    public synchronized int volume() {
        return volume;
    }

    /** Audio begins to be played: until then there is no stream that has a volume, or can be moved to a device. */
    public synchronized void started() {
        applyVolume();
        if (chosen != null) {
            try {
                module.settle(find(chosen), false);
            } catch (Exception | Error e) { // the native side throws both without declaring them
                LOG.warn("event=speakerNotUsed", e);
            }
        }
    }

    private void applyVolume() {
        if (volume != FULL) {
            apply();
        }
    }

    private void apply() {
        try {
            module.setVolume(volume);
        } catch (Exception | Error e) { // likewise
            LOG.debug("event=volumeNotSet percent={}", volume, e);
        }
    }

    private AudioDevice find(@Nullable MediaDevice speaker) {
        return module.attached().stream()
                .filter(device -> speaker == null || NativeDevices.isSame(speaker, device))
                .findFirst()
                .orElseThrow(() -> new MediaUnavailableException(
                        Missing.SPEAKER,
                        speaker == null
                                ? "No speaker is attached. Attach one to hear other participants."
                                : "The speaker \"" + speaker.name() + "\" is no longer attached. Choose another one."));
    }
}
