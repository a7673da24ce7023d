package dev.videosession.session;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What a new subscriber receives.
 *
 * @param audio whether to receive sound
 * @param video whether to receive the picture
 * @param preferredResolution largest useful picture in pixels, or null for the size as published
 * @param preferredFrameRate highest useful rate in frames per second, 1 to 240, or null for the rate as published
 */
public record SubscriberOptions(
        boolean audio,
        boolean video,
        @Nullable Dimensions preferredResolution,
        @Nullable Integer preferredFrameRate) {
    /** Sound and picture as published. */
    public static final SubscriberOptions EVERYTHING = new SubscriberOptions(true, true, null, null);

    /**
     * Refuses what cannot be asked for.
     *
     * @param audio as above
     * @param video as above
     * @param preferredResolution as above
     * @param preferredFrameRate as above
     * @throws IllegalArgumentException if the frame rate is outside of 1 to 240
     */
    public SubscriberOptions {
        if (preferredFrameRate != null && (preferredFrameRate < 1 || preferredFrameRate > 240)) {
            throw new IllegalArgumentException(
                    "The preferred frame rate must be 1 to 240 frames per second, not " + preferredFrameRate + ".");
        }
    }

    Subscription subscription() {
        return new Subscription(audio, video, preferredResolution, preferredFrameRate);
    }
}
