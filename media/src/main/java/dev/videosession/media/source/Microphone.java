package dev.videosession.media.source;

import dev.videosession.media.device.MediaDevice;
import org.jspecify.annotations.Nullable;

/**
 * A microphone.
 *
 * @param device the microphone, or null for the system's default
 * @param processing what is done to its audio
 */
public record Microphone(@Nullable MediaDevice device, AudioProcessing processing) implements AudioSource {
    /**
     * Creates a microphone for speech.
     *
     * @param device the microphone, or null for the system's default
     */
    public Microphone(@Nullable MediaDevice device) {
        this(device, AudioProcessing.SPEECH);
    }
}
