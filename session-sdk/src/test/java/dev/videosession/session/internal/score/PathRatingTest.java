package dev.videosession.session.internal.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.stats.LayerStats;
import dev.videosession.session.QualityCause;
import dev.videosession.session.QualityRating;
import dev.videosession.session.QualitySide;
import dev.videosession.session.internal.score.ExpectedMedia.PathDirection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readings of simulated paths, two a second. */
class PathRatingTest {
    private final PathComparison comparison = new PathComparison();
    private final SimulatedPath received = new SimulatedPath(comparison, PathDirection.RECEIVED, "bob", 1);
    private final SimulatedPath sent = new SimulatedPath(comparison, PathDirection.SENT, "bob", 2);

    @Test
    void goodPathIsExcellentAndStaysSo() {
        received.pass(300);
        assertThat(received.changes).hasSize(1);
        assertThat(received.video()).isEqualTo(QualityRating.EXCELLENT);
        assertThat(received.audio()).isEqualTo(QualityRating.EXCELLENT);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 4", "0.10, 3", "0.30, 1"})
    void lossLowersTheScoreWithin3SecondsAndItRecoversWithin5(double loss, int score) {
        for (SimulatedPath path : List.of(received, sent)) {
            path.pass(20);
            path.loss = loss;
            path.pass(3);
            assertThat(path.video().score()).isLessThan(5);
            assertThat(path.video().cause()).isEqualTo(QualityCause.LOSS);
            path.pass(8);
            assertThat(path.video().score()).isEqualTo(score);
            path.loss = 0;
            path.pass(5);
            assertThat(path.video()).isEqualTo(QualityRating.EXCELLENT);
        }
    }

    @Test
    void faultRightAfterTheFirstRatingIsNoticedWithin3Seconds() {
        received.pass(5);
        assertThat(received.video()).isEqualTo(QualityRating.EXCELLENT);
        received.loss = 0.1;
        received.pass(3);
        assertThat(received.video().score()).isLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({"0.02", "0.05", "0.07", "0.10", "0.15", "0.25", "0.30"})
    void steadyLossChangesTheScoreAtMostOnceIn5Seconds(double loss) {
        received.loss = loss;
        received.pass(600);
        for (int i = 1; i < received.videoChanges.size(); i++) {
            assertThat(received.videoChanges.get(i) - received.videoChanges.get(i - 1))
                    .isGreaterThanOrEqualTo(5_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"400, 4", "150, 2"})
    void estimateBelowTheNeedIsBandwidth(int kilobits, int score) {
        sent.pass(20);
        sent.available = kilobits * 1000L;
        sent.videoBitrate = kilobits * 900.0;
        sent.pass(3);
        assertThat(sent.video().score()).isEqualTo(score);
        assertThat(sent.video().cause()).isEqualTo(QualityCause.BANDWIDTH);
        sent.available = 2_000_000;
        sent.videoBitrate = 700_000;
        sent.pass(8);
        assertThat(sent.video()).isEqualTo(QualityRating.EXCELLENT);
    }

    @Test
    void pathWhoseEstimateClimbsAgainRecoversWithin5SecondsOfTheEndOfItsLimit() {
        sent.pass(20);
        sent.available = 84_000;
        sent.loss = 0.4;
        sent.pass(3);
        assertThat(sent.video().score()).isEqualTo(1);
        sent.loss = 0;
        sent.growth = 1.08; // each half second, as measured after a limit of 150 kbit/s
        sent.pass(5);
        assertThat(sent.video()).isEqualTo(new QualityRating(4, QualityCause.BANDWIDTH, QualitySide.UNKNOWN));
        sent.pass(20);
        assertThat(sent.video()).isEqualTo(QualityRating.EXCELLENT);
    }

    @Test
    void estimateThatProbesASteadyLimitIsTakenForARecoveryThreeTimesAtMost() {
        sent.pass(20);
        sent.available = 180_000;
        sent.loss = 0.1;
        sent.pass(2);
        sent.loss = 0;
        int recoveries = 0;
        for (int i = 0; i < 40; i++) {
            sent.growth = 1.08; // as measured with a limit of 400 kbit/s
            sent.pass(3);
            recoveries += sent.video().score() >= 4 ? 1 : 0;
            sent.available = 170_000;
            sent.growth = 1;
            sent.pass(1);
        }
        assertThat(recoveries).isLessThanOrEqualTo(3);
        assertThat(sent.video().score()).isLessThan(4);
    }

    @Test
    void receivedVideoThatGrowsAgainRecoversWithin5Seconds() {
        received.pass(20);
        received.loss = 0.3;
        received.videoBitrate = 90_000;
        received.pass(10);
        assertThat(received.video().score()).isEqualTo(1);
        received.loss = 0;
        received.growth = 1.2;
        received.pass(5);
        assertThat(received.video().score()).isGreaterThanOrEqualTo(4);
    }

    /** A receiver cannot distinguish a limit that has ended from one that the sender keeps: nothing is wrong with the path. */
    @Test
    void receivedVideoWhoseSenderHasAdaptedRecoversWithin5SecondsAndIsExcellentWithItsFormerBitrate() {
        received.pass(20);
        received.loss = 0.1;
        received.videoBitrate = 140_000;
        received.pass(10);
        assertThat(received.video().score()).isEqualTo(2);
        received.loss = 0;
        received.pass(5);
        assertThat(received.video()).isEqualTo(new QualityRating(4, QualityCause.BANDWIDTH, QualitySide.UNKNOWN));
        received.pass(10);
        assertThat(received.video().score()).isEqualTo(4);
        received.videoBitrate = 700_000;
        received.pass(5);
        assertThat(received.video()).isEqualTo(QualityRating.EXCELLENT);
    }

    @Test
    void packetsThatAStreamMissesAtItsStartAreNoRelapse() {
        received.pass(20);
        received.loss = 0.3;
        received.videoBitrate = 90_000;
        received.pass(10);
        received.loss = 0;
        received.pass(5);
        assertThat(received.video().score()).isEqualTo(4);
        received.lost += 2;
        received.pass(5);
        assertThat(received.video().score()).isEqualTo(4);
    }

    @Test
    void lossThatVariesChangesTheScoreAtMostOnceIn5Seconds() {
        received.pass(20);
        received.videoBitrate = 90_000;
        for (int i = 0; i < 60; i++) {
            received.loss = i % 3 == 0 ? 0.4 : 0.2;
            received.pass(2);
        }
        for (int i = 2; i < received.videoChanges.size(); i++) {
            assertThat(received.videoChanges.get(i) - received.videoChanges.get(i - 1))
                    .isGreaterThanOrEqualTo(5_000);
        }
    }

    @Test
    void lowBitrateOfAQuietVideoIsNoFault() {
        received.videoBitrate = 60_000;
        received.pass(60);
        assertThat(received.video()).isEqualTo(QualityRating.EXCELLENT);
    }

    @Test
    void encoderThatIsTooSlowIsNamed() {
        sent.limitation = LayerStats.Limitation.CPU;
        sent.pass(10);
        assertThat(sent.video()).isEqualTo(new QualityRating(3, QualityCause.CPU, QualitySide.LOCAL));
        assertThat(sent.audio()).isEqualTo(QualityRating.EXCELLENT);
    }

    @Test
    void videoThatStopsWithoutACauseHereIsTheRemoteParticipants() {
        received.pass(10);
        received.framesPerSecond = 0;
        received.pass(4);
        assertThat(received.video())
                .isEqualTo(new QualityRating(1, QualityCause.REMOTE_PARTICIPANT, QualitySide.REMOTE));
    }

    @Test
    void interruptedPathIsBad() {
        received.pass(10);
        received.connected = false;
        received.pass(3);
        assertThat(received.audio().score()).isEqualTo(1);
        received.connected = true;
        received.pass(5);
        assertThat(received.audio()).isEqualTo(QualityRating.EXCELLENT);
    }

    @Test
    void onePathAloneDoesNotTellWhoseNetworkItIs() {
        received.loss = 0.3;
        received.pass(10);
        assertThat(received.video().side()).isEqualTo(QualitySide.UNKNOWN);
    }

    @Test
    void onlyBadPathOfSeveralIsTheRemoteParticipants() {
        SimulatedPath other = new SimulatedPath(comparison, PathDirection.RECEIVED, "cid", 3);
        received.loss = 0.3;
        for (int i = 0; i < 10; i++) {
            other.pass(1);
            received.pass(1);
        }
        assertThat(received.video().side()).isEqualTo(QualitySide.REMOTE);
    }

    @Test
    void badPathsToAllAreOneClientsOwn() {
        SimulatedPath other = new SimulatedPath(comparison, PathDirection.RECEIVED, "cid", 3);
        received.loss = 0.3;
        other.loss = 0.3;
        for (int i = 0; i < 12; i++) {
            other.pass(1);
            received.pass(1);
        }
        assertThat(received.video().side()).isEqualTo(QualitySide.LOCAL);
        assertThat(other.video().side()).isEqualTo(QualitySide.LOCAL);
    }

    @Test
    void pathToTheRouterIsLocal() {
        sent.routed = true;
        sent.loss = 0.3;
        sent.pass(10);
        assertThat(sent.video().side()).isEqualTo(QualitySide.LOCAL);
    }

    @Test
    void mutedMediaIsNotRated() {
        received.pass(10);
        received.hasVideo = false;
        received.pass(1);
        assertThat(received.score.video()).isEmpty();
        assertThat(received.score.audio()).contains(QualityRating.EXCELLENT);
    }

    @Test
    void sampleHasTheFiguresOfOneSecond() {
        received.loss = 0.1;
        received.pass(300);
        assertThat(received.last.videoBitrate()).isEqualTo(700_000);
        assertThat(received.last.audioBitrate()).isEqualTo(32_000);
        assertThat(received.last.framesPerSecond()).isEqualTo(30);
        assertThat(received.last.width()).isEqualTo(640);
        assertThat(received.last.lossPercent()).isBetween(1.0, 30.0);
        assertThat(received.last.time()).isEqualTo(Instant.ofEpochMilli(received.now));
    }

    @Test
    void historyIsBounded() {
        QualityHistory history = new QualityHistory();
        received.pass(5);
        for (int i = 0; i < 1_000; i++) {
            history.add(received.last.score(), received.last);
        }
        assertThat(history.samples()).hasSize(300);
    }
}
