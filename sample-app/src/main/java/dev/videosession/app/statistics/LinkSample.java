package dev.videosession.app.statistics;

import dev.videosession.media.stats.LinkStats;

/**
 * What flowed over one or several links in the last second or so.
 *
 * @param kilobits per second, audio and video
 * @param framesPerSecond of the video
 * @param lossPercent share of packets that were lost
 * @param roundTripMillis of the network path; 0 if it is not known
 * @param width of the video in pixels
 * @param height of the video in pixels
 */
record LinkSample(
        double kilobits, double framesPerSecond, double lossPercent, double roundTripMillis, int width, int height) {
    /** {@return what happened between two readings} */
    static LinkSample between(LinkStats before, LinkStats now, double seconds) {
        double packets = Math.max(0, now.packets() - before.packets());
        double lost = Math.max(0, now.packetsLost() - before.packetsLost());
        double bits = Math.max(0, now.bytes() - before.bytes()) * 8.0;
        return new LinkSample(
                bits / 1000 / seconds,
                now.framesPerSecond(),
                packets + lost == 0 ? 0 : 100 * lost / (packets + lost),
                now.roundTripMillis(),
                now.width(),
                now.height());
    }
}
