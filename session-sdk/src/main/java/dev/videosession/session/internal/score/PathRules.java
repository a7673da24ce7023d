package dev.videosession.session.internal.score;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.session.QualityCause;
import dev.videosession.session.QualityRating;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;

/** Rates one measurement of a path. Pure; {@link StableRating} keeps the result from changing too often. */
final class PathRules {
    /** From these shares of lost packets on the score is 4, 3, 2 and 1. */
    private static final double[] LOSS = {0.02, 0.07, 0.15, 0.25};

    /** From this share on, over a longer time, the score is 4. */
    private static final double TREND = 0.015;

    private static final int GOOD = 4;

    /** Below these parts of the needed bitrate the score is 4, 3, 2 and 1. */
    private static final double[] BITRATE = {0.8, 0.5, 0.3, 0.12};

    /** From these round trips on, in milliseconds, the score is 4, 3 and 2. */
    private static final double[] ROUND_TRIP = {400, 700, 1_200};

    /** From these milliseconds of standing video in 1.5 seconds on the score is 4, 3, 2 and 1. */
    private static final double[] FREEZE = {200, 400, 800, 1_350};

    /** From these shares of frames that were not decoded in time on the score is 4, 3, 2 and 1. */
    private static final double[] DROPPED = {0.1, 0.25, 0.5, 0.9};

    /** Video takes what audio leaves. */
    private static final int AUDIO_BITRATE = 40_000;

    /** An encoder that sends less than this part of the estimate is not limited by it. */
    private static final double USED = 0.6;

    /** The score of a path that has room again, while congestion control has not yet used it. */
    private static final int RECOVERING = 4;

    /** So many packets that a receiver misses in a second are no congestion: it misses the first ones of a stream that starts. */
    private static final int FEW_PACKETS = 2;

    /** Congestion control lowers the bitrate from such losses on, and not at less. */
    private static final double CONGESTION_LOSS = 0.07;

    /** A round trip that is longer than the shortest one by this is spent in a queue that congestion fills. */
    private static final int QUEUE_MILLIS = 100;

    private static final Finding INTERRUPTED = new Finding(QualityRating.WORST, QualityCause.LOSS);

    private PathRules() {}

    static Finding audio(PathMeasurement now, ExpectedMedia expected) {
        if (isInterrupted(now, expected)) {
            return INTERRUPTED;
        }
        Finding bandwidth = expected.direction() == PathDirection.SENT && now.availableBitrate() > 0
                ? Finding.of(below((double) now.availableBitrate() / AUDIO_BITRATE), QualityCause.BANDWIDTH)
                : Finding.NOTHING;
        return loss(now.loss()).or(delay(now)).or(bandwidth);
    }

    static Finding video(PathMeasurement now, ExpectedMedia expected, Congestion.State congestion) {
        if (isInterrupted(now, expected)) {
            return INTERRUPTED;
        }
        boolean congested = congestion != Congestion.State.NONE;
        Finding measured =
                expected.direction() == PathDirection.SENT ? sent(now, expected) : received(now, expected, congested);
        Finding shown = measured.or(freeze(now)); // while a path recovers, the low bitrate is the reason of both
        Finding bandwidth = congestion == Congestion.State.RECOVERING ? atLeast(RECOVERING, shown) : shown;
        return loss(now.loss()).or(bandwidth).or(delay(now)).or(slowness(now));
    }

    private static Finding atLeast(int score, Finding finding) {
        return Finding.of(Math.max(score, finding.score()), finding.cause());
    }

    /**
     * {@return whether the path carries less than is sent} Freezes also follow from the low bitrate that remains after congestion: they are
     * its first sign only.
     */
    static boolean isFaulty(
            PathMeasurement now, ExpectedMedia expected, double shortestRoundTripMillis, Congestion.State congestion) {
        int few = expected.direction() == PathDirection.RECEIVED ? FEW_PACKETS : 0;
        return (now.loss().lost() > few && now.loss().share() >= CONGESTION_LOSS)
                || now.roundTripMillis() > shortestRoundTripMillis + QUEUE_MILLIS
                || (congestion == Congestion.State.NONE && now.freezeMillis() >= FREEZE[0]);
    }

    /** {@return whether the path carries what the video needs} */
    static boolean isEnough(PathMeasurement now, ExpectedMedia expected) {
        return expected.direction() == PathDirection.SENT
                ? now.availableBitrate() - AUDIO_BITRATE >= BITRATE[0] * expected.neededBitrate() * now.sentPart()
                : now.videoBitrate() >= expected.neededBitrate();
    }

    private static boolean isInterrupted(PathMeasurement now, ExpectedMedia expected) {
        return !expected.connected() || (expected.direction() == PathDirection.RECEIVED && now.packets() == 0);
    }

    private static Finding sent(PathMeasurement now, ExpectedMedia expected) {
        double needed = expected.neededBitrate() * now.sentPart();
        boolean limited = now.limitation() == LayerStats.Limitation.BANDWIDTH
                || now.videoBitrate() + now.audioBitrate() >= USED * now.availableBitrate();
        if (needed <= 0 || now.availableBitrate() <= 0 || !limited) {
            return Finding.NOTHING;
        }
        return Finding.of(below(Math.max(0, now.availableBitrate() - AUDIO_BITRATE) / needed), QualityCause.BANDWIDTH);
    }

    /** A small bitrate alone may be that of a quiet video. */
    private static Finding received(PathMeasurement now, ExpectedMedia expected, boolean congested) {
        double needed = expected.neededBitrate();
        if (needed <= 0) {
            return Finding.NOTHING;
        }
        if (now.framesPerSecond() == 0) {
            return Finding.of(
                    QualityRating.WORST, congested ? QualityCause.BANDWIDTH : QualityCause.REMOTE_PARTICIPANT);
        }
        if (congested) {
            return Finding.of(below(now.videoBitrate() / needed), QualityCause.BANDWIDTH);
        }
        double size = now.pixels() / expected.pixels();
        return expected.routed() && now.pixels() > 0 && size < 0.5
                ? Finding.of(size < 0.2 ? 2 : 3, QualityCause.REMOTE_PARTICIPANT)
                : Finding.NOTHING;
    }

    /** {@return what losses of a longer time say, of which fewer are enough} */
    static Finding trend(PacketLoss loss) {
        return loss.lost() > FEW_PACKETS && loss.share() >= TREND
                ? new Finding(Math.min(GOOD, above(LOSS, loss.share())), QualityCause.LOSS)
                : Finding.NOTHING;
    }

    /** {@return what a share of lost packets says} */
    static Finding loss(PacketLoss loss) {
        return Finding.of(above(LOSS, loss.share()), QualityCause.LOSS);
    }

    private static Finding delay(PathMeasurement now) {
        return Finding.of(above(ROUND_TRIP, now.roundTripMillis()), QualityCause.DELAY);
    }

    private static Finding freeze(PathMeasurement now) {
        return Finding.of(above(FREEZE, now.freezeMillis()), QualityCause.DELAY);
    }

    private static Finding slowness(PathMeasurement now) {
        int score = now.limitation() == LayerStats.Limitation.CPU ? 3 : QualityRating.BEST;
        return Finding.of(Math.min(score, above(DROPPED, now.droppedFrames())), QualityCause.CPU);
    }

    private static int above(double[] steps, double value) {
        int score = QualityRating.BEST;
        for (double step : steps) {
            score -= value >= step ? 1 : 0;
        }
        return score;
    }

    private static int below(double part) {
        int score = QualityRating.BEST;
        for (double step : BITRATE) {
            score -= part < step ? 1 : 0;
        }
        return score;
    }
}
