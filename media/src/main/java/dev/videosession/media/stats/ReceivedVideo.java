package dev.videosession.media.stats;

/**
 * How received video arrived, counted since the link was connected (W3C RTCInboundRtpStreamStats).
 *
 * @param packets RTP packets received
 * @param packetsLost RTP packets lost on the way, although the sender may have repeated them
 * @param jitterBufferEmitted frames that left the jitter buffer
 * @param jitterBufferMillis the time that all of these frames spent in it, in milliseconds
 * @param freezes interruptions of the video that a viewer notices
 * @param freezeMillis how long they lasted, in milliseconds
 * @param framesDropped frames that were received and not decoded in time
 */
public record ReceivedVideo(
        long packets,
        long packetsLost,
        long jitterBufferEmitted,
        double jitterBufferMillis,
        long freezes,
        double freezeMillis,
        long framesDropped) {
    /** Nothing was received. */
    public static final ReceivedVideo NONE = new ReceivedVideo(0, 0, 0, 0, 0, 0, 0);
}
