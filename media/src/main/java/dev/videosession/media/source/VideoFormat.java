package dev.videosession.media.source;

/**
 * Size and frame rate of video.
 *
 * @param width pixels, 1 to 16383, odd or even
 * @param height pixels, 1 to 16383, odd or even
 * @param framesPerSecond 1 to 120
 */
public record VideoFormat(int width, int height, int framesPerSecond) {
    /** Longest side of a frame in pixels: VP8 states width and height in 14 bits. */
    public static final int LONGEST_SIDE = 16_383;

    /** 640 by 360 at 30 frames a second. */
    public static final VideoFormat P360 = new VideoFormat(640, 360, 30);

    /** 1280 by 720 at 30 frames a second. */
    public static final VideoFormat P720 = new VideoFormat(1280, 720, 30);

    /**
     * Checks that the format can be encoded.
     *
     * @throws IllegalArgumentException if the size or the rate is out of range
     */
    public VideoFormat {
        if (width < 1 || width > LONGEST_SIDE || height < 1 || height > LONGEST_SIDE) {
            throw new IllegalArgumentException("Video must be 1x1 to " + LONGEST_SIDE + "x" + LONGEST_SIDE
                    + " pixels, not " + width + "x" + height + ".");
        }
        if (framesPerSecond < 1 || framesPerSecond > 120) {
            throw new IllegalArgumentException("A frame rate is 1 to 120 a second, not " + framesPerSecond + ".");
        }
    }

    @Override
    public String toString() {
        return width + "x" + height + "@" + framesPerSecond;
    }
}
