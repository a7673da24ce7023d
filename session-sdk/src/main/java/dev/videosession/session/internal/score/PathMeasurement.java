package dev.videosession.session.internal.score;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;

/**
 * What happened on a path between two readings of its statistics.
 *
 * @param audioBitrate bits a second
 * @param videoBitrate bits a second
 * @param framesPerSecond frames encoded or decoded in a second
 * @param pixels of one frame of the video, 0 without video
 * @param packets packets sent or received
 * @param loss packets lost
 * @param roundTripMillis of the second reading
 * @param availableBitrate estimate of the sender in bits a second, 0 while there is none and on the receiving side
 * @param freezeMillis how long received video stood still
 * @param droppedFrames share of received frames that were not decoded in time, 0 to 1
 * @param sentPart the pixels of all active encodings of sent video together, as a part of those of its source
 * @param limitation what limits the encoder
 */
record PathMeasurement(
        double audioBitrate,
        double videoBitrate,
        double framesPerSecond,
        long pixels,
        long packets,
        PacketLoss loss,
        double roundTripMillis,
        long availableBitrate,
        double freezeMillis,
        double droppedFrames,
        double sentPart,
        LayerStats.Limitation limitation) {
    /** {@return what happened, with the losses that the receiver detected in this time} */
    static PathMeasurement between(LinkStats from, LinkStats to, long millis) {
        long received = Math.max(0, to.packets() - from.packets());
        long lost = Math.max(0, to.packetsLost() - from.packetsLost());
        return between(from, to, millis, new PacketLoss(received + lost, lost));
    }

    /** {@return what happened, with the given losses} */
    static PathMeasurement between(LinkStats from, LinkStats to, long millis, PacketLoss loss) {
        double seconds = Math.max(1, millis) / 1000.0;
        double decoded = Math.max(0, to.frames() - from.frames());
        double dropped =
                Math.max(0, to.received().framesDropped() - from.received().framesDropped());
        return new PathMeasurement(
                8 * difference(from, to, "audio") / seconds,
                8 * difference(from, to, "video") / seconds,
                decoded / seconds,
                (long) to.width() * to.height(),
                Math.max(0, to.packets() - from.packets()),
                loss,
                to.roundTripMillis(),
                to.availableBitrate(),
                Math.max(0, to.received().freezeMillis() - from.received().freezeMillis()),
                decoded + dropped == 0 ? 0 : dropped / (decoded + dropped),
                sentPart(to),
                limitation(to));
    }

    private static double difference(LinkStats from, LinkStats to, String kind) {
        return Math.max(0, to.byKind().getOrDefault(kind, 0L) - from.byKind().getOrDefault(kind, 0L));
    }

    private static LayerStats.Limitation limitation(LinkStats stats) {
        LayerStats.Limitation strongest = LayerStats.Limitation.NONE;
        for (LayerStats layer : stats.layers()) {
            if (layer.active() && layer.limitation().compareTo(strongest) > 0) {
                strongest = layer.limitation();
            }
        }
        return strongest;
    }

    private static double sentPart(LinkStats stats) {
        int count = stats.layers().size();
        if (count <= 1) {
            return 1;
        }
        double part = 0;
        for (int i = 0; i < count; i++) {
            if (stats.layers().get(i).active()) {
                part += Math.pow(4, i - count + 1); // each encoding has half the width and height of the next one
            }
        }
        return part;
    }
}
