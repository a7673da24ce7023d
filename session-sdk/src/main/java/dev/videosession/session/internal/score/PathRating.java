package dev.videosession.session.internal.score;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.session.QualityCause;
import dev.videosession.session.QualityRating;
import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;
import java.time.Instant;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Rates one path from the readings of its statistics, one each half second. Used on the session's loop. */
final class PathRating {
    /** A rating uses the last 1.5 seconds, so that a few lost packets of a small stream are not a trend. */
    private static final Span RECENT = new Span(4, 1_300);

    /** A rating falls at once to what the last second shows. */
    private static final Span SECOND = new Span(3, 900);

    /** Few lost packets lower an excellent rating after a longer time: within 1.5 seconds they may be none by chance. */
    private static final Span LONG = new Span(6, 2_300);

    /** A path that loses this share is not a good one to compare another one with. */
    private static final double NOTICED = 0.01;

    private static final double SIMILAR = 1.3;

    /** A new link needs some seconds to find out what its path carries. */
    private static final int READINGS_BEFORE_RATING = 9;

    private record Reading(long millis, LinkStats stats) {}

    /**
     * How much of the past a measurement covers.
     *
     * @param readings how many readings, both ends included
     * @param reportMillis the least time between the two reports of a receiver that losses are computed from
     */
    private record Span(int readings, long reportMillis) {}

    private final PathComparison comparison;
    private final Object participant;
    private final ArrayDeque<Reading> readings = new ArrayDeque<>();
    private final ReceiverReports reports = new ReceiverReports();
    private final StableRating audio = new StableRating();
    private final StableRating video = new StableRating();
    private double shortestRoundTrip = Double.MAX_VALUE;
    private final Congestion congestion = new Congestion();
    private int taken;

    PathRating(PathComparison comparison, Object participant) {
        this.comparison = comparison;
        this.participant = participant;
    }

    /**
     * What one reading says.
     *
     * @param score the ratings
     * @param changed whether a rating has changed
     * @param sample measurements of the last second, with each second reading
     */
    record Result(
            QualityScore score, boolean changed, @Nullable QualitySample sample) {}

    /** {@return the result of one more reading, or null if it is the first one of a connection} */
    @Nullable
    Result add(long nowMillis, Instant time, LinkStats stats, ExpectedMedia expected) {
        Reading before = readings.peekLast();
        if (before != null && stats.packets() < before.stats().packets()) {
            reports.clear();
            readings.clear(); // the link has another connection, whose counters begin again
            taken = 0;
            before = null;
        }
        Reading now = new Reading(nowMillis, stats);
        readings.addLast(now);
        reports.add(nowMillis, stats);
        taken++;
        if (before == null) {
            return null;
        }
        if (readings.size() > LONG.readings()) {
            readings.removeFirst();
        }
        boolean changed = taken >= READINGS_BEFORE_RATING && rate(now, expected);
        QualityScore score = new QualityScore(audio.current(), video.current());
        QualitySample sample =
                taken > 2 && taken % 2 == 0 ? sample(time, measure(SECOND, expected), stats, expected, score) : null;
        return new Result(score, changed, sample);
    }

    private PathMeasurement measure(Span span, ExpectedMedia expected) {
        Reading from = readings.stream()
                .skip(Math.max(0, readings.size() - span.readings()))
                .findFirst()
                .orElseThrow();
        Reading to = readings.getLast();
        long millis = to.millis() - from.millis();
        return expected.direction() == PathDirection.RECEIVED
                ? PathMeasurement.between(from.stats(), to.stats(), millis)
                : PathMeasurement.between(
                        from.stats(), to.stats(), millis, reports.loss(to.millis(), span.reportMillis()));
    }

    private boolean rate(Reading now, ExpectedMedia expected) {
        PathMeasurement recent = measure(RECENT, expected);
        PathMeasurement second = measure(SECOND, expected);
        PacketLoss longer = expected.direction() == PathDirection.SENT
                ? reports.since(now.millis(), LONG.reportMillis())
                : measure(LONG, expected).loss();
        Finding trend = expected.direction() == PathDirection.SENT
                ? PathRules.trend(longer).or(PathRules.trend(second.loss())) // reports come late already
                : PathRules.trend(longer);
        Congestion.State state = congestion(now.millis(), recent, second, expected);
        StableRating.Evidence evidence = new StableRating.Evidence(longer, isLossy(longer, recent, expected), state);
        Finding heard = first(audio, PathRules.audio(recent, expected), trend);
        Finding seen = first(video, PathRules.video(recent, expected, state), trend);
        Finding worse = expected.video() ? heard.or(seen) : heard;
        comparison.note(now.millis(), this, participant, isOfNetwork(worse.cause()) || longer.share() >= NOTICED);
        QualityRating fallenAudio = rating(now.millis(), heard.or(PathRules.audio(second, expected)), expected);
        QualityRating fallenVideo = rating(now.millis(), seen.or(PathRules.video(second, expected, state)), expected);
        boolean audioChanged = audio.add(
                now.millis(), expected.audio() ? rating(now.millis(), heard, expected) : null, fallenAudio, evidence);
        boolean videoChanged = video.add(
                now.millis(), expected.video() ? rating(now.millis(), seen, expected) : null, fallenVideo, evidence);
        return audioChanged || videoChanged;
    }

    /**
     * {@return whether the receiver has reported losses for a longer time; while losses begin, they are a larger share of the last second}
     */
    private static boolean isLossy(PacketLoss longer, PathMeasurement recent, ExpectedMedia expected) {
        return expected.direction() == PathDirection.SENT
                && PathRules.trend(longer).cause() == QualityCause.LOSS
                && recent.loss().share() <= SIMILAR * longer.share();
    }

    /** {@return the finding; while the rating is excellent, that of the longer time if it is lower} */
    private static Finding first(StableRating rating, Finding recent, Finding trend) {
        return rating.current().filter(QualityRating.EXCELLENT::equals).isPresent() ? recent.or(trend) : recent;
    }

    private Congestion.State congestion(
            long nowMillis, PathMeasurement recent, PathMeasurement second, ExpectedMedia expected) {
        if (recent.roundTripMillis() > 0) {
            shortestRoundTrip = Math.min(shortestRoundTrip, recent.roundTripMillis());
        }
        return congestion.add(
                nowMillis,
                expected.direction() == PathDirection.SENT ? (double) recent.availableBitrate() : 0,
                PathRules.isFaulty(second, expected, shortestRoundTrip, congestion.state()),
                PathRules.isEnough(recent, expected));
    }

    private QualityRating rating(long nowMillis, Finding finding, ExpectedMedia expected) {
        return finding.cause() == QualityCause.NONE
                ? QualityRating.EXCELLENT
                : new QualityRating(
                        finding.score(),
                        finding.cause(),
                        comparison.side(nowMillis, this, participant, finding.cause(), expected));
    }

    private static boolean isOfNetwork(QualityCause cause) {
        return switch (cause) {
            case BANDWIDTH, LOSS, DELAY -> true;
            case NONE, CPU, REMOTE_PARTICIPANT -> false;
        };
    }

    private static QualitySample sample(
            Instant time, PathMeasurement second, LinkStats stats, ExpectedMedia expected, QualityScore score) {
        return new QualitySample(
                time,
                Math.round(second.audioBitrate()),
                Math.round(second.videoBitrate()),
                second.framesPerSecond(),
                stats.width(),
                stats.height(),
                100 * second.loss().share(),
                second.roundTripMillis(),
                expected.direction() == PathDirection.RECEIVED ? second.freezeMillis() : 0,
                score);
    }

    /** Takes the path out of the comparison with others. */
    void close() {
        comparison.remove(this);
    }
}
