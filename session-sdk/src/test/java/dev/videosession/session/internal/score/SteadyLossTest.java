package dev.videosession.session.internal.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.QualityRating;
import dev.videosession.session.QualitySide;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many simulated paths that lose packets by chance. */
class SteadyLossTest {
    private static final int PATHS = 300;

    @ParameterizedTest
    @CsvSource({"SENT, 0.05", "RECEIVED, 0.05", "SENT, 0.1", "RECEIVED, 0.1", "SENT, 0.3", "RECEIVED, 0.3"})
    void scoreFallsWithin3Seconds(PathDirection direction, double loss) {
        int late = 0;
        for (int seed = 0; seed < PATHS; seed++) {
            SimulatedPath path = new SimulatedPath(new PathComparison(), direction, "bob", seed);
            path.pass(15 + seed % 3);
            path.loss = loss;
            path.pass(3);
            late += path.video().equals(QualityRating.EXCELLENT) ? 1 : 0;
        }
        assertThat(late).as("paths that are still excellent after 3 s").isLessThanOrEqualTo(PATHS / 50);
    }

    /** Congestion control lowers the bitrate of a path that loses much, so that few packets are left to judge it by. */
    @ParameterizedTest
    @CsvSource({"0.02, 700000", "0.05, 700000", "0.1, 500000", "0.2, 150000", "0.3, 60000"})
    void scoreChangesAtMostOnceIn5Seconds(double loss, double bitrate) {
        int often = 0;
        for (PathDirection direction : PathDirection.values()) {
            for (int seed = 0; seed < PATHS; seed++) {
                SimulatedPath path = new SimulatedPath(new PathComparison(), direction, "bob", seed);
                path.pass(15);
                path.loss = loss;
                path.videoBitrate = bitrate;
                path.pass(30);
                often += changesOften(path.videoChanges) ? 1 : 0;
            }
        }
        assertThat(often).as("paths whose score changes more often").isLessThanOrEqualTo(PATHS / 100);
    }

    private static boolean changesOften(List<Long> changes) {
        return IntStream.range(1, changes.size()).anyMatch(i -> changes.get(i) - changes.get(i - 1) < 5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "SENT, 0.1, 500000",
        "SENT, 0.2, 150000",
        "SENT, 0.3, 60000",
        "RECEIVED, 0.1, 500000",
        "RECEIVED, 0.2, 150000",
        "RECEIVED, 0.3, 60000"
    })
    void scoreRecoversWithin5Seconds(PathDirection direction, double loss, double bitrate) {
        int late = 0;
        for (int seed = 0; seed < PATHS; seed++) {
            SimulatedPath path = new SimulatedPath(new PathComparison(), direction, "bob", seed);
            path.pass(15);
            path.loss = loss;
            path.videoBitrate = bitrate;
            path.pass(12 + seed % 5);
            path.loss = 0;
            path.growth = 1.08;
            path.pass(5);
            late += path.video().score() < 4 ? 1 : 0;
        }
        assertThat(late).as("paths that have not recovered after 5 s").isLessThanOrEqualTo(PATHS / 50);
    }

    @ParameterizedTest
    @CsvSource({"SENT, 0.05", "SENT, 0.1", "SENT, 0.3", "RECEIVED, 0.05"})
    void lossOnOnesOwnNetworkIsNeverTheRemoteParticipants(PathDirection direction, double loss) {
        for (int seed = 0; seed < PATHS; seed++) {
            PathComparison comparison = new PathComparison();
            List<SimulatedPath> paths = List.of(
                    new SimulatedPath(comparison, direction, "bob", seed),
                    new SimulatedPath(comparison, direction, "cid", PATHS + seed));
            for (int second = 0; second < 35; second++) {
                for (SimulatedPath path : paths) {
                    path.loss = second < 15 ? 0 : loss;
                    path.pass(1);
                    if (second > 5) {
                        assertThat(path.video().side())
                                .as("path %d in second %d", seed, second)
                                .isNotEqualTo(QualitySide.REMOTE);
                    }
                }
            }
        }
    }
}
