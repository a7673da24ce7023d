package dev.videosession.media.source;

import dev.videosession.media.device.MediaDevice;
import org.jspecify.annotations.Nullable;

/**
 * A microphone with echo cancellation, gain control and noise suppression.
 *
 * @param device the microphone, or null for the system's default
 */
public record Microphone(@Nullable MediaDevice device) implements AudioSource {}
