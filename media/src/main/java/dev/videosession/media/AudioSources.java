package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.capture.ToneAudio;
import dev.videosession.media.source.AudioProcessing;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.Microphone;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.protocol.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Creates sources of audio. */
public final class AudioSources {
    private AudioSources() {}

    /**
     * Creates a source for a microphone, which is opened when capturing starts.
     *
     * @param device the microphone, or null for the system's default
     * @return the source
     */
    public static AudioSource microphone(@Nullable MediaDevice device) {
        return new Microphone(device);
    }

    /**
     * Creates a source for a microphone, with other processing than that for speech.
     *
     * @param device the microphone, or null for the system's default
     * @param processing what is done to its audio
     * @return the source
     */
    public static AudioSource microphone(@Nullable MediaDevice device, AudioProcessing processing) {
        return new Microphone(device, processing);
    }

    /**
     * Creates a sine tone at a quarter of full scale.
     *
     * @param hertz 20 to 20000
     * @return the source
     */
    public static PushedAudioSource tone(double hertz) {
        return new ToneAudio(hertz, TimeSource.system());
    }

    /** {@return a new source that the application pushes audio into} */
    public static CustomAudio custom() {
        return new CustomAudio();
    }
}
