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
    private static final int READINGS = 4;

    /** A rating falls at once to what the last second shows. */
    private static final int READINGS_OF_A_SECOND = 3;

    /** A new link needs some seconds to find out what its path carries. */
    private static final int READINGS_BEFORE_RATING = 9;

    private record Reading(long millis, LinkStats stats) {}

    private final PathComparison comparison;
    private final Object participant;
    private final ArrayDeque<Reading> readings = new ArrayDeque<>();
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
            readings.clear(); // the link has another connection, whose counters begin again
            taken = 0;
            before = null;
        }
        Reading now = new Reading(nowMillis, stats);
        readings.addLast(now);
        taken++;
        if (before == null) {
            return null;
        }
        if (readings.size() > READINGS) {
            readings.removeFirst();
        }
        boolean changed = taken >= READINGS_BEFORE_RATING && rate(now, expected);
        QualityScore score = new QualityScore(audio.current(), video.current());
        QualitySample sample = taken > 2 && taken % 2 == 0 ? sample(time, lastSecond(), stats, expected, score) : null;
        return new Result(score, changed, sample);
    }

    private PathMeasurement lastSecond() {
        Reading from = readings.stream()
                .skip(Math.max(0, readings.size() - READINGS_OF_A_SECOND))
                .findFirst()
                .orElseThrow();
        return measure(from, readings.getLast());
    }

    private static PathMeasurement measure(Reading from, Reading to) {
        return PathMeasurement.between(from.stats(), to.stats(), to.millis() - from.millis());
    }

    private boolean rate(Reading now, ExpectedMedia expected) {
        PathMeasurement recent = measure(readings.getFirst(), now);
        PathMeasurement second = lastSecond();
        Congestion.State state = congestion(now.millis(), recent, second, expected);
        Finding heard = PathRules.audio(recent, expected);
        Finding seen = PathRules.video(recent, expected, state);
        Finding worse = expected.video() ? heard.or(seen) : heard;
        comparison.note(now.millis(), this, participant, isOfNetwork(worse.cause()));
        QualityRating fallenAudio = rating(now.millis(), heard.or(PathRules.audio(second, expected)), expected);
        QualityRating fallenVideo = rating(now.millis(), seen.or(PathRules.video(second, expected, state)), expected);
        boolean audioChanged = audio.add(
                now.millis(), expected.audio() ? rating(now.millis(), heard, expected) : null, fallenAudio, state);
        boolean videoChanged = video.add(
                now.millis(), expected.video() ? rating(now.millis(), seen, expected) : null, fallenVideo, state);
        return audioChanged || videoChanged;
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
                100 * second.loss(expected.direction()),
                second.roundTripMillis(),
                expected.direction() == PathDirection.RECEIVED ? second.freezeMillis() : 0,
                score);
    }

    /** Takes the path out of the comparison with others. */
    void close() {
        comparison.remove(this);
    }
}
