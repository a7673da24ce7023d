package dev.videosession.media.internal.rtc.encoding;

/**
 * The sizes of a video that is encoded several times. Encoding 0 is the smallest; each has twice the width and height of the one
 * before, and the last one the size of the source. The native encoder sends nothing, without an error, unless all sizes have exactly
 * the same aspect ratio: frames must be {@linkplain #divisor(int, int) divisible} by the largest divisor.
 */
public final class SimulcastSizes {
    /** The most encodings. */
    public static final int MAX_ENCODINGS = 3;

    /** A larger side than this is worth two encodings. */
    private static final int TWO_FROM = 480;

    private static final int THREE_FROM = 960;

    private SimulcastSizes() {}

    /**
     * Chooses how often a video is encoded.
     *
     * @param width of the source, in pixels; 0 if it is not known
     * @param height of the source
     * @param most how many encodings the peer takes, at least 1
     * @return 1 to 3
     */
    public static int encodings(int width, int height, int most) {
        int larger = Math.max(width, height);
        int wanted = larger >= THREE_FROM ? MAX_ENCODINGS : larger >= TWO_FROM ? 2 : 1;
        return Math.min(wanted, most);
    }

    /**
     * {@return by how much an encoding divides the size of the source}
     *
     * @param encoding its index, 0 for the smallest
     * @param encodings how many there are
     */
    public static int divisor(int encoding, int encodings) {
        return 1 << (encodings - 1 - encoding);
    }
}
