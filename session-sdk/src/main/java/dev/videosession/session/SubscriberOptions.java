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

    Subscription subscription() {
        return new Subscription(audio, video, preferredResolution, preferredFrameRate);
    }
}
