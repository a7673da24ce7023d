package dev.videosession.session.internal.score;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The last reports of the receiver of sent media. A report arrives each half to one and a half seconds and counts the packets that were
 * lost until then, so readings between two reports have no news about losses. While video is sent, its packets are counted, because
 * reports of video arrive about every second and those of audio about every five seconds; otherwise those of audio. Used on the session's
 * loop.
 */
final class ReceiverReports {
    private static final long KEPT_MILLIS = 12_000;

    private static final long SHORTEST_MILLIS = 400;
    private static final long ENOUGH_PACKETS = 5;

    /** Without a report for this time nothing is known about losses. */
    private static final long STALE_MILLIS = 8_000;

    private record Report(long arrivedMillis, long packets, long lost) {}

    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private long readMillis;
    private long videoPackets;
    private boolean ofVideo;

    /** Takes a reading, with a new report or the same one as in the last reading. */
    void add(long nowMillis, LinkStats stats) {
        long arrived = stats.reportMillis();
        Report last = reports.peekLast();
        if (arrived == 0 || (last != null && arrived == last.arrivedMillis())) {
            return;
        }
        long sentVideo = videoPackets(stats);
        boolean video = sentVideo != videoPackets;
        if (video != ofVideo || (last != null && arrived < last.arrivedMillis())) {
            reports.clear(); // other packets are counted, or the clock was set back
        }
        videoPackets = sentVideo;
        ofVideo = video;
        readMillis = nowMillis;
        reports.addLast(video ? videoReport(arrived, stats) : audioReport(arrived, stats));
        while (arrived - reports.getFirst().arrivedMillis() > KEPT_MILLIS) {
            reports.removeFirst();
        }
    }

    void clear() {
        reports.clear();
    }

    /** {@return the losses until the last report, over at least the given time or since the report before if there were none since} */
    PacketLoss loss(long nowMillis, long spanMillis) {
        PacketLoss newest = since(nowMillis, SHORTEST_MILLIS);
        return newest.packets() >= ENOUGH_PACKETS && newest.lost() == 0 ? newest : since(nowMillis, spanMillis);
    }

    /** {@return the losses until the last report, over at least the given time; none if there are no such reports} */
    PacketLoss since(long nowMillis, long spanMillis) {
        if (reports.isEmpty() || nowMillis - readMillis > STALE_MILLIS) {
            return PacketLoss.UNKNOWN;
        }
        Report last = reports.getLast();
        Report before = before(last, spanMillis);
        return before == null
                ? PacketLoss.UNKNOWN
                : new PacketLoss(
                        Math.max(0, last.packets() - before.packets()), Math.max(0, last.lost() - before.lost()));
    }

    /** {@return the newest report that arrived so long before the last one, or the oldest one} */
    private @Nullable Report before(Report last, long spanMillis) {
        Report found = null;
        for (Iterator<Report> each = reports.descendingIterator(); each.hasNext(); ) {
            Report report = each.next();
            if (report.arrivedMillis() < last.arrivedMillis()) {
                found = report;
                if (last.arrivedMillis() - report.arrivedMillis() >= spanMillis) {
                    break;
                }
            }
        }
        return found;
    }

    private static Report videoReport(long arrived, LinkStats stats) {
        return new Report(arrived, videoPackets(stats), videoLost(stats));
    }

    private static Report audioReport(long arrived, LinkStats stats) {
        return new Report(arrived, stats.packets() - videoPackets(stats), stats.packetsLost() - videoLost(stats));
    }

    private static long videoPackets(LinkStats stats) {
        return stats.layers().stream().mapToLong(LayerStats::packets).sum();
    }

    private static long videoLost(LinkStats stats) {
        return stats.layers().stream().mapToLong(LayerStats::packetsLost).sum();
    }
}
