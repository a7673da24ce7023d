package dev.videosession.session.precall;

/**
 * What was measured between the two connections of a test.
 *
 * @param path the candidate types of the path, such as {@code host/srflx}
 * @param routed whether media went through a media router
 * @param bitrate what this client can send, in bits a second; the estimate of the encoder, which probes up to about 3,000,000
 * @param lossPercent share of received packets that were lost, 0 to 100
 * @param roundTripMillis round trip time in milliseconds
 * @param framesPerSecond video frames that arrived in a second, of 30 that were sent
 * @param cpuLimited whether the computer was too slow to encode 1280x720 at 30 frames a second
 */
public record PreCallMeasurement(
        String path,
        boolean routed,
        long bitrate,
        double lossPercent,
        double roundTripMillis,
        double framesPerSecond,
        boolean cpuLimited) {}
