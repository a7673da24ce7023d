package dev.videosession.media.internal.link;

/**
 * Limits for the video of an outgoing link.
 *
 * @param maxBitrate bits a second for video; 0 leaves it to congestion control
 * @param maxFramerate frames a second; 0 for the source's own rate
 * @param scaleResolutionDownBy 1 for the source's own size, 2 for half of it in each direction
 */
public record LinkSettings(int maxBitrate, double maxFramerate, double scaleResolutionDownBy) {
    /** No limits. */
    public static final LinkSettings UNLIMITED = new LinkSettings(0, 0, 1);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a limit is negative or the scale is less than 1
     */
    public LinkSettings {
        if (maxBitrate < 0 || maxFramerate < 0 || !(scaleResolutionDownBy >= 1)) {
            throw new IllegalArgumentException("A limit must be 0 or more, and the scale 1 or more, not " + maxBitrate
                    + " bits/s, " + maxFramerate + " frames/s, scale " + scaleResolutionDownBy + ".");
        }
    }

    /**
     * Changes the bitrate.
     *
     * @param bitsPerSecond 0 for no limit
     * @return new settings
     */
    public LinkSettings withMaxBitrate(int bitsPerSecond) {
        return new LinkSettings(bitsPerSecond, maxFramerate, scaleResolutionDownBy);
    }

    /**
     * Changes the frame rate.
     *
     * @param framesPerSecond 0 for no limit
     * @return new settings
     */
    public LinkSettings withMaxFramerate(double framesPerSecond) {
        return new LinkSettings(maxBitrate, framesPerSecond, scaleResolutionDownBy);
    }

    /**
     * Changes the scale.
     *
     * @param factor 1 or more
     * @return new settings
     */
    public LinkSettings withScaleResolutionDownBy(double factor) {
        return new LinkSettings(maxBitrate, maxFramerate, factor);
    }
}
