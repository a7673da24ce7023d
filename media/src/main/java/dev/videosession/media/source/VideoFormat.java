package dev.videosession.media.source;

/**
 * Size and rate of pictures.
 *
 * @param width pixels, 16 to 7680, even
 * @param height pixels, 16 to 4320, even
 * @param framesPerSecond 1 to 120
 */
public record VideoFormat(int width, int height, int framesPerSecond) {
    /** 640 by 360 at 30 frames a second. */
    public static final VideoFormat P360 = new VideoFormat(640, 360, 30);

    /** 1280 by 720 at 30 frames a second. */
    public static final VideoFormat P720 = new VideoFormat(1280, 720, 30);

    /**
     * Refuses what no encoder takes.
     *
     * @param width as above
     * @param height as above
     * @param framesPerSecond as above
     */
    public VideoFormat {
        if (width < 16 || width > 7680 || height < 16 || height > 4320 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException(
                    "A picture needs an even size between 16x16 and 7680x4320, not " + width + "x" + height);
        }
        if (framesPerSecond < 1 || framesPerSecond > 120) {
            throw new IllegalArgumentException("A frame rate is 1 to 120 a second, not " + framesPerSecond);
        }
    }

    @Override
    public String toString() {
        return width + "x" + height + "@" + framesPerSecond;
    }
}
