package dev.videosession.server.internal.router;

import dev.videosession.protocol.text.Text;

/**
 * The part of a stream that is sent to a subscriber.
 *
 * @param audio whether audio is sent
 * @param video whether video is sent
 * @param spatial the encoding, 0 for the smallest; a number above the largest encoding means the largest
 * @param temporal the frame rate, 0 for a quarter, 1 for half, 2 for all frames
 */
public record Layers(boolean audio, boolean video, int spatial, int temporal) {
    /** The index of the third encoding, the largest that is used. */
    public static final int MAX_SPATIAL = 2;

    /** The index of the highest frame rate. */
    public static final int MAX_TEMPORAL = 2;

    /** Everything, as published. */
    public static final Layers ALL = new Layers(true, true, MAX_SPATIAL, MAX_TEMPORAL);

    /** Checks the ranges. */
    public Layers {
        Text.requireRange("spatial", spatial, 0, MAX_SPATIAL);
        Text.requireRange("temporal", temporal, 0, MAX_TEMPORAL);
    }

    /**
     * {@return whether this and another choice agree about sending audio and about sending video}
     *
     * @param other the other choice
     */
    public boolean hasSameMedia(Layers other) {
        return audio == other.audio && video == other.video;
    }

    /** {@return the same without video} */
    public Layers withoutVideo() {
        return new Layers(audio, false, spatial, temporal);
    }
}
