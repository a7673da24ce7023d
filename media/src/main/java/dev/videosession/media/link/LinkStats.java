package dev.videosession.media.link;

import java.util.Map;

/**
 * Counters of a link at one moment. What does not apply to a direction, or is not known yet, is 0.
 *
 * @param bytes payload bytes sent (outgoing) or received (incoming), audio and video
 * @param packets RTP packets sent or received
 * @param packetsLost RTP packets lost, as reported by the other end (outgoing) or seen here (incoming)
 * @param frames video frames encoded (outgoing) or decoded (incoming)
 * @param framesPerSecond video frames in the last second
 * @param width width of the video on the wire in pixels
 * @param height height of the video on the wire in pixels
 * @param roundTripMillis round trip time of the path in use in milliseconds
 * @param jitterMillis jitter of arriving packets in milliseconds
 * @param availableBitrate estimate of what the path carries out of here in bits a second
 * @param audioLevel 0 to 1
 * @param path the two candidate types of the path in use, such as {@code host/relay}; empty before there is one
 * @param byKind payload bytes by {@code audio} and {@code video}
 */
public record LinkStats(
        long bytes,
        long packets,
        long packetsLost,
        long frames,
        double framesPerSecond,
        int width,
        int height,
        double roundTripMillis,
        double jitterMillis,
        long availableBitrate,
        double audioLevel,
        String path,
        Map<String, Long> byKind) {
    /**
     * Copies the map.
     *
     * @param bytes as above
     * @param packets as above
     * @param packetsLost as above
     * @param frames as above
     * @param framesPerSecond as above
     * @param width as above
     * @param height as above
     * @param roundTripMillis as above
     * @param jitterMillis as above
     * @param availableBitrate as above
     * @param audioLevel as above
     * @param path as above
     * @param byKind as above
     */
    public LinkStats {
        byKind = Map.copyOf(byKind);
    }
}
