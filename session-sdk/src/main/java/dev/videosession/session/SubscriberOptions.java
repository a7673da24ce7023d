package dev.videosession.session;

import dev.videosession.protocol.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * What a new subscriber receives, for instance {@code SubscriberOptions.EVERYTHING.withAudio(false)}.
 *
 * @param audio whether to receive audio
 * @param video whether to receive video
 * @param preferredResolution largest useful size in pixels, or null for the size as published
 * @param preferredFrameRate highest useful rate in frames per second, 1 to 240, or null for the rate as published
 */
public record SubscriberOptions(
        boolean audio,
        boolean video,
        @Nullable Dimensions preferredResolution,
        @Nullable Integer preferredFrameRate) {
    /** Audio and video as published. */
    public static final SubscriberOptions EVERYTHING = new SubscriberOptions(true, true, null, null);

    /**
     * Creates options.
     *
     * @param audio as above
     * @param video as above
     * @param preferredResolution as above
     * @param preferredFrameRate as above
     * @throws IllegalArgumentException if the frame rate is not 1 to 240
     */
    public SubscriberOptions {
        if (preferredFrameRate != null && (preferredFrameRate < 1 || preferredFrameRate > 240)) {
            throw new IllegalArgumentException(
                    "The preferred frame rate must be 1 to 240 frames per second, not " + preferredFrameRate + ".");
        }
    }

    /**
     * Changes whether audio is received.
     *
     * @param on whether to receive audio
     * @return changed options
     */
    public SubscriberOptions withAudio(boolean on) {
        return new SubscriberOptions(on, video, preferredResolution, preferredFrameRate);
    }

    /**
     * Changes whether video is received.
     *
     * @param on whether to receive video
     * @return changed options
     */
    public SubscriberOptions withVideo(boolean on) {
        return new SubscriberOptions(audio, on, preferredResolution, preferredFrameRate);
    }

    /**
     * Changes the size.
     *
     * @param size largest useful size in pixels, or null for the size as published
     * @return changed options
     */
    public SubscriberOptions withPreferredResolution(@Nullable Dimensions size) {
        return new SubscriberOptions(audio, video, size, preferredFrameRate);
    }

    /**
     * Changes the frame rate.
     *
     * @param framesPerSecond highest useful rate, 1 to 240, or null for the rate as published
     * @return changed options
     * @throws IllegalArgumentException if the frame rate is not 1 to 240
     */
    public SubscriberOptions withPreferredFrameRate(@Nullable Integer framesPerSecond) {
        return new SubscriberOptions(audio, video, preferredResolution, framesPerSecond);
    }
}
