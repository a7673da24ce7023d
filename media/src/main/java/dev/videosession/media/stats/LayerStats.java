package dev.videosession.media.stats;

/**
 * Statistics of one encoding of a sent video. A value that is not known yet is 0.
 *
 * @param rid name of the encoding in the session description; empty if the video has one encoding
 * @param width width of the last encoded frame in pixels
 * @param height height of the last encoded frame in pixels
 * @param framesPerSecond frames sent in the last second
 * @param bytes payload bytes sent
 * @param packets RTP packets sent
 * @param packetsLost RTP packets lost, as the receiver reports about once a second
 * @param active whether the encoding is sent
 * @param limitation what keeps the encoder from sending the full size and rate
 */
public record LayerStats(
        String rid,
        int width,
        int height,
        double framesPerSecond,
        long bytes,
        long packets,
        long packetsLost,
        boolean active,
        Limitation limitation) {
    /** What limits an encoder (W3C RTCQualityLimitationReason), the weakest first. */
    public enum Limitation {
        /** Nothing. */
        NONE,
        /** Something else than the two below. */
        OTHER,
        /** The path carries too few bits. */
        BANDWIDTH,
        /** The computer is too slow. */
        CPU
    }
}
