package dev.videosession.protocol.message;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.text.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber wants to receive.
 *
 * @param audio whether to send audio
 * @param video whether to send video
 * @param preferredDimensions largest useful size of the video, or null for as published
 * @param preferredFrameRate highest useful rate in frames per second, or null for as published
 */
public record Subscription(
        boolean audio,
        boolean video,
        @Nullable Dimensions preferredDimensions,
        @Nullable Integer preferredFrameRate) {
    /** Audio and video as published. */
    public static final Subscription EVERYTHING = new Subscription(true, true, null, null);

    public Subscription {
        if (preferredFrameRate != null) {
            Text.requireRange("preferredFrameRate", preferredFrameRate, 1, 240);
        }
    }
}
