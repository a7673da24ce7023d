package dev.videosession.session.internal.score;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import dev.videosession.session.QualityRating;
import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The counters of a link whose path has the given properties, and how it is rated. */
final class SimulatedPath {
    private static final long P360 = 640 * 360;

    private final PathRating rating;
    private final PathDirection direction;
    private final SplittableRandom random;
    final List<QualityScore> changes = new ArrayList<>();
    final List<Long> videoChanges = new ArrayList<>();
    QualitySample last;
    QualityScore score;
    long now = 1_000_000;
    double loss;
    double videoBitrate = 700_000;
    long available = 2_000_000;
    double growth = 1;
    int framesPerSecond = 30;
    boolean connected = true;
    boolean routed;
    boolean hasVideo = true;
    LayerStats.Limitation limitation = LayerStats.Limitation.NONE;
    private long audioBytes;
    private long videoBytes;
    private long packets;
    long lost;
    private long reported;
    private long reportedVideo;
    private long reportMillis;
    private long nextReport;
    private long videoPackets;
    private long videoLost;
    private long frames;

    SimulatedPath(PathComparison comparison, PathDirection direction, String participant, long seed) {
        this.direction = direction;
        this.random = new SplittableRandom(seed);
        this.rating = new PathRating(comparison, participant);
    }

    void pass(int seconds) {
        for (int i = 0; i < 2 * seconds; i++) {
            now += 500;
            available = Math.min(2_000_000, Math.round(available * growth));
            videoBitrate = Math.min(700_000, videoBitrate * growth);
            audioBytes += 2_000;
            videoBytes += Math.round(videoBitrate / 16);
            frames += framesPerSecond / 2;
            int video = (int) (videoBitrate / 16 / 1_100);
            videoLost += send(video);
            videoPackets += video;
            send(25);
            if (now >= nextReport) {
                reported = lost;
                reportedVideo = videoLost;
                reportMillis = now;
                nextReport = now + 500 + random.nextInt(1_000); // about once a second
            }
            PathRating.Result result = rating.add(now, Instant.ofEpochMilli(now), stats(), expected());
            if (result != null) {
                if (score != null && !score.video().equals(result.score().video())) {
                    videoChanges.add(now);
                }
                score = result.score();
                last = result.sample() == null ? last : result.sample();
                if (result.changed()) {
                    changes.add(score);
                }
            }
        }
    }

    /** Returns how many packets were lost. */
    private long send(int count) {
        long before = lost;
        for (int i = 0; i < count; i++) {
            boolean drop = random.nextDouble() < loss;
            lost += drop ? 1 : 0;
            packets += drop && direction == PathDirection.RECEIVED ? 0 : 1;
        }
        return lost - before;
    }

    private LinkStats stats() {
        boolean sends = direction == PathDirection.SENT;
        return new LinkStats(
                audioBytes + videoBytes,
                packets,
                sends ? reported : lost,
                frames,
                framesPerSecond,
                640,
                360,
                20,
                0,
                sends ? available : 0,
                0,
                "host/host",
                Map.of("audio", audioBytes, "video", videoBytes),
                sends
                        ? List.of(new LayerStats(
                                "",
                                640,
                                360,
                                framesPerSecond,
                                videoBytes,
                                videoPackets,
                                reportedVideo,
                                true,
                                limitation))
                        : List.of(),
                sends ? reportMillis : 0,
                ReceivedVideo.NONE,
                0,
                0);
    }

    private ExpectedMedia expected() {
        return new ExpectedMedia(direction, routed, connected, true, hasVideo, P360, 0);
    }

    QualityRating video() {
        return score.video().orElseThrow();
    }

    QualityRating audio() {
        return score.audio().orElseThrow();
    }
}
