package dev.videosession.media;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.internal.capture.ToneAudio;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.Microphone;
import dev.videosession.media.source.PushedAudioSource;
import org.jspecify.annotations.Nullable;

/** The sources of sound this module has. */
public final class AudioSources {
    private AudioSources() {}

    /**
     * A microphone, opened when capturing starts.
     *
     * @param device which one, or null for the system's default
     * @return the source
     */
    public static AudioSource microphone(@Nullable MediaDevice device) {
        return new Microphone(device);
    }

    /**
     * A sine tone at a quarter of full scale.
     *
     * @param hertz 20 to 20000
     * @return the source
     */
    public static PushedAudioSource tone(double hertz) {
        return new ToneAudio(hertz);
    }

    /**
     * A source the application feeds.
     *
     * @return the source
     */
    public static CustomAudio custom() {
        return new CustomAudio();
    }
}
