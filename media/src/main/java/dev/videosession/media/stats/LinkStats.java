package dev.videosession.media.stats;

import java.util.List;
import java.util.Map;

/**
 * Statistics of a media link at one moment. A value that does not apply to a direction, or is not known yet, is 0.
 *
 * @param bytes payload bytes sent (outgoing) or received (incoming), audio and video
 * @param packets RTP packets sent or received
 * @param packetsLost RTP packets lost, as reported by the peer (outgoing) or detected here (incoming)
 * @param frames video frames encoded (outgoing) or decoded (incoming)
 * @param framesPerSecond video frames in the last second
 * @param width width of the video on the wire in pixels
 * @param height height of the video on the wire in pixels
 * @param roundTripMillis round trip time of the path in use in milliseconds
 * @param jitterMillis jitter of received packets in milliseconds
 * @param availableBitrate estimated bandwidth for sending in bits a second
 * @param audioLevel level of the audio, 0 to 1
 * @param path the two candidate types of the path in use, such as {@code host/relay}; empty before there is one
 * @param byKind payload bytes by {@code audio} and {@code video}
 * @param layers encodings of the sent video, from the smallest to the largest; empty for an incoming link
 * @param reportMillis when the receiver's last report of the sent video, or else of the sent audio, arrived, in milliseconds since 1970;
 *     0 before the first one and of an incoming link
 * @param received how the video of an incoming link arrived, {@link ReceivedVideo#NONE} of an outgoing one
 * @param refusedDescriptions descriptions of the peer that did not fit the grammar or the rules of the link
 * @param droppedCandidates candidates of the peer that did not fit the grammar or the candidate policy of the link
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
        Map<String, Long> byKind,
        List<LayerStats> layers,
        long reportMillis,
        ReceivedVideo received,
        long refusedDescriptions,
        long droppedCandidates) {
    /** Copies the map and the list. */
    public LinkStats {
        byKind = Map.copyOf(byKind);
        layers = List.copyOf(layers);
    }

    /**
     * Adds the counts of refused input of the peer.
     *
     * @param descriptions refused descriptions
     * @param candidates dropped candidates
     * @return a copy with these counts
     */
    public LinkStats withRefusals(long descriptions, long candidates) {
        return new LinkStats(
                bytes,
                packets,
                packetsLost,
                frames,
                framesPerSecond,
                width,
                height,
                roundTripMillis,
                jitterMillis,
                availableBitrate,
                audioLevel,
                path,
                byKind,
                layers,
                reportMillis,
                received,
                descriptions,
                candidates);
    }
}
