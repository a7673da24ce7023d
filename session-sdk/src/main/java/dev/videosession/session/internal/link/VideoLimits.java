package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkSettings;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.message.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a publisher for the video on each link. A subscriber may ask for less.
 *
 * @param maxBitrate bits per second, 0 for no limit
 * @param resolution largest size in pixels, or null for the size as captured
 * @param frameRate highest rate in frames per second, or null for the rate as captured
 */
public record VideoLimits(
        int maxBitrate,
        @Nullable Dimensions resolution,
        @Nullable Integer frameRate) {
    public static final VideoLimits NONE = new VideoLimits(0, null, null);
    private static final int LOWEST_BITRATE = 5_000;
    private static final int HIGHEST_BITRATE = 10_000_000;
    private static final int HIGHEST_RATE = 240;

    public VideoLimits {
        if (maxBitrate != 0 && (maxBitrate < LOWEST_BITRATE || maxBitrate > HIGHEST_BITRATE)) {
            throw new IllegalArgumentException("a video bitrate is " + LOWEST_BITRATE + " to " + HIGHEST_BITRATE
                    + " bits a second, or 0 for no limit, not " + maxBitrate);
        }
        if (frameRate != null && (frameRate < 1 || frameRate > HIGHEST_RATE)) {
            throw new IllegalArgumentException("a frame rate is 1 to " + HIGHEST_RATE + ", not " + frameRate);
        }
    }

    public VideoLimits withMaxBitrate(int bitsPerSecond) {
        return new VideoLimits(bitsPerSecond, resolution, frameRate);
    }

    public VideoLimits withResolution(@Nullable Dimensions size) {
        return new VideoLimits(maxBitrate, size, frameRate);
    }

    public VideoLimits withFrameRate(@Nullable Integer framesPerSecond) {
        return new VideoLimits(maxBitrate, resolution, framesPerSecond);
    }

    /** {@return the settings of a link for video of a size: the lower limits of publisher and subscriber} */
    LinkSettings settings(Subscription wanted, int width, int height) {
        double scale = Math.max(scale(resolution, width, height), scale(wanted.preferredDimensions(), width, height));
        int own = frameRate == null ? HIGHEST_RATE + 1 : frameRate;
        int theirs = wanted.preferredFrameRate() == null ? HIGHEST_RATE + 1 : wanted.preferredFrameRate();
        int rate = Math.min(own, theirs);
        return new LinkSettings(maxBitrate, rate > HIGHEST_RATE ? 0 : rate, scale);
    }

    private static double scale(@Nullable Dimensions largest, int width, int height) {
        if (largest == null || width <= 0 || height <= 0) {
            return 1;
        }
        return Math.max(1, Math.min(width / (double) largest.width(), height / (double) largest.height()));
    }
}
