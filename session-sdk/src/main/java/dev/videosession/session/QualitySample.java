package dev.videosession.session;

import java.time.Instant;

/**
 * Measurements of one media path over about one second. Sent packets are counted as lost when the peer reports that, which takes a second
 * or more.
 *
 * @param time the end of that second
 * @param audioBitrate audio in bits a second, without packet headers
 * @param videoBitrate video in bits a second, without packet headers
 * @param framesPerSecond video frames encoded or decoded in a second
 * @param width width of the video in pixels, 0 without video
 * @param height height of the video in pixels, 0 without video
 * @param lossPercent share of packets that were lost, 0 to 100
 * @param roundTripMillis round trip time in milliseconds, 0 while it is not known
 * @param freezeMillis how long received video stood still, in milliseconds; 0 for sent video
 * @param score the ratings after this second
 */
public record QualitySample(
        Instant time,
        long audioBitrate,
        long videoBitrate,
        double framesPerSecond,
        int width,
        int height,
        double lossPercent,
        double roundTripMillis,
        double freezeMillis,
        QualityScore score) {}
