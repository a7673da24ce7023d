package dev.videosession.server.internal.quality;

import org.jspecify.annotations.Nullable;

/**
 * What a subscriber received in about a second.
 *
 * @param lost video packets
 * @param lossShare lost video packets as a share of all video packets, 0 to 1
 * @param kilobits of video received per second
 * @param freezeMillis how long video was frozen
 * @param probeKilobits the speed at which a probe arrived, in kilobits per second; 0 without one
 * @param decoding what became of the received video
 * @param millis the time that this covers
 */
public record Observation(
        int lost,
        double lossShare,
        double kilobits,
        double freezeMillis,
        double probeKilobits,
        Decoding decoding,
        long millis) {
    /** What became of the received video. */
    public enum Decoding {
        /** At least one frame was decoded. */
        FRAMES,
        /** Video was received, but no frame could be decoded. */
        NO_FRAME,
        /** No video was received, or the subscriber does not count frames. */
        UNKNOWN
    }

    /**
     * Reads a report of a subscriber.
     *
     * @param intervalMillis the time that it covers, at least 1
     * @param packets received
     * @param lost packets
     * @param bytes of video received
     * @param freezeMillis how long video was frozen
     * @param probeKilobits speed of a probe, 0 without one
     * @param frames decoded, or null if the subscriber does not count them
     * @return the observation
     */
    public static Observation of(
            int intervalMillis,
            int packets,
            int lost,
            long bytes,
            double freezeMillis,
            int probeKilobits,
            @Nullable Integer frames) {
        double all = (double) packets + lost;
        return new Observation(
                lost,
                all == 0 ? 0 : lost / all,
                bytes * 8.0 / intervalMillis,
                freezeMillis,
                probeKilobits,
                decoding(bytes, frames),
                intervalMillis);
    }

    private static Decoding decoding(long bytes, @Nullable Integer frames) {
        if (frames == null) {
            return Decoding.UNKNOWN;
        }
        if (frames > 0) {
            return Decoding.FRAMES;
        }
        return bytes > 0 ? Decoding.NO_FRAME : Decoding.UNKNOWN;
    }
}
