package dev.videosession.server.internal.quality;

/**
 * What a subscriber received in about a second.
 *
 * @param lost video packets
 * @param lossShare lost video packets as a share of all video packets, 0 to 1
 * @param kilobits of video received per second
 * @param freezeMillis how long video was frozen
 * @param probeKilobits the speed at which a probe arrived, in kilobits per second; 0 without one
 */
public record Observation(int lost, double lossShare, double kilobits, double freezeMillis, double probeKilobits) {
    /**
     * Reads a report of a subscriber.
     *
     * @param intervalMillis the time that it covers, at least 1
     * @param packets received
     * @param lost packets
     * @param bytes of video received
     * @param freezeMillis how long video was frozen
     * @param probeKilobits speed of a probe, 0 without one
     * @return the observation
     */
    public static Observation of(
            int intervalMillis, int packets, int lost, long bytes, double freezeMillis, int probeKilobits) {
        double all = (double) packets + lost;
        return new Observation(
                lost, all == 0 ? 0 : lost / all, bytes * 8.0 / intervalMillis, freezeMillis, probeKilobits);
    }
}
