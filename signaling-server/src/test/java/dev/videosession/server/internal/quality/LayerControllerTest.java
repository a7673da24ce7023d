package dev.videosession.server.internal.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.server.internal.quality.Observation.Decoding;
import dev.videosession.server.internal.router.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The controller in virtual time, over a simulated path with a queue, as {@code tc tbf} makes one. */
class LayerControllerTest {
    private static final Ladder HD = new Ladder(new Dimensions(1280, 720), 3, true);
    private static final int AUDIO = 50;
    private static final double UNLIMITED = 100_000;

    private final LayerController controller = new LayerController(HD, HD.top(), 0);
    private final List<Long> changes = new ArrayList<>();
    private final List<FallbackState> fallbacks = new ArrayList<>(List.of(FallbackState.VIDEO));
    private double queuedKilobits;
    private double randomLoss;
    private boolean measuresProbes = true;
    private boolean probe;
    private double falseProbe;
    private double fastestProbe = UNLIMITED;
    private int probes;
    private IntPredicate delaysProbe = number -> false;
    private IntPredicate delaysStartOfProbe = number -> false;
    private Decoding decoding = Decoding.FRAMES;
    private int wanted = HD.top();
    private long now;

    /** One second on a path that carries this much and queues at most 400 ms. */
    private void second(double capacity) {
        now += 1000;
        double sent = HD.kilobits(Math.min(wanted, controller.level())) + AUDIO;
        double arriving = sent * (1 - randomLoss);
        double through = Math.min(arriving + queuedKilobits, capacity);
        double kept = Math.min(arriving + queuedKilobits - through, capacity * 0.4);
        double dropped = arriving + queuedKilobits - through - kept;
        queuedKilobits = kept;
        double lost = sent == 0 ? 0 : (dropped + sent * randomLoss) / sent;
        double result = probe ? measured(Math.max(20, capacity - sent)) : 0;
        int before = controller.level();
        controller.observe(
                now,
                new Observation(
                        (int) (lost * sent / 9.6),
                        lost,
                        through * (sent - AUDIO) / sent,
                        lost > 0.3 ? 400 : 0,
                        result,
                        decoding,
                        1_000));
        probe = measuresProbes && controller.wantsProbe(now);
        if (controller.level() != before) {
            changes.add(now);
        }
        if (controller.fallback() != fallbacks.get(fallbacks.size() - 1)) {
            fallbacks.add(controller.fallback());
        }
    }

    private double measured(double room) {
        int number = probes++;
        if (delaysProbe.test(number)) {
            return Math.min(room, 800);
        }
        return delaysStartOfProbe.test(number) ? UNLIMITED : Math.min(fastestProbe, Math.max(room, falseProbe));
    }

    private void want(int level) {
        wanted = level;
        controller.follow(HD, level);
    }

    private void seconds(int count, double capacity) {
        for (int i = 0; i < count; i++) {
            second(capacity);
        }
    }

    private long mostChangesInTenSeconds() {
        return changes.stream()
                .mapToLong(from -> changes.stream()
                        .filter(other -> other >= from && other < from + 10_000)
                        .count())
                .max()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"1000", "700", "400", "250", "150"})
    void findsALevelThatFitsAndStaysUntilTheLimitEnds(double limit) {
        seconds(10, UNLIMITED);
        seconds(5, limit);
        assertThat(HD.kilobits(controller.level()) + AUDIO).isLessThanOrEqualTo((int) limit);
        assertThat(controller.level()).as("there is video").isPositive();
        seconds(120, limit);
        assertThat(HD.kilobits(controller.level()) + AUDIO).isLessThanOrEqualTo((int) limit);
        // probes as slow as on such a path are doubted once in a while
        assertThat(mostChangesInTenSeconds()).isLessThanOrEqualTo(limit > 150 ? 1 : 2);
        seconds(15, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
    }

    @Test
    void randomLossOnAPathWithRoomChangesNothing() {
        randomLoss = 0.1;
        seconds(60, UNLIMITED);
        assertThat(changes).isEmpty();
    }

    @Test
    void videoGivesWayToAudioAndComesBack() {
        seconds(10, UNLIMITED);
        seconds(30, 60);
        assertThat(fallbacks).startsWith(FallbackState.VIDEO, FallbackState.WARNED, FallbackState.AUDIO_ONLY);
        seconds(120, 60);
        assertThat(changes.size()).as("tries, further and further apart").isLessThan(12);
        seconds(100, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
        assertThat(controller.fallback()).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void warningIsLiftedWhenThePathRecovers() {
        seconds(10, UNLIMITED);
        while (controller.fallback() != FallbackState.WARNED) {
            second(60);
        }
        seconds(10, UNLIMITED);
        assertThat(fallbacks).containsExactly(FallbackState.VIDEO, FallbackState.WARNED, FallbackState.VIDEO);
    }

    @ParameterizedTest
    @ValueSource(doubles = {400, 1000})
    void subscriberThatMeasuresNoProbesTriesLessAndLessOften(double limit) {
        measuresProbes = false;
        seconds(10, UNLIMITED);
        seconds(300, limit);
        long late = changes.stream().filter(at -> at > 150_000).count();
        assertThat(late).as("changes in the second half").isLessThanOrEqualTo(8);
        seconds(400, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
    }

    @Test
    void staysAtWhatTheSubscriberWants() {
        seconds(10, UNLIMITED);
        want(2);
        seconds(5, 1000);
        assertThat(changes).as("what is wanted fits").isEmpty();
        want(0);
        seconds(60, 1000);
        assertThat(changes).as("no video is wanted").isEmpty();
    }

    @Test
    void videoThatCannotBeDecodedGivesWayToAudio() {
        seconds(10, UNLIMITED);
        seconds(20, 150);
        int lowest = controller.level();
        decoding = Decoding.NO_FRAME;
        seconds(12, 150);
        assertThat(lowest).isEqualTo(1);
        assertThat(fallbacks).containsExactly(FallbackState.VIDEO, FallbackState.WARNED, FallbackState.AUDIO_ONLY);
        int before = changes.size();
        seconds(240, 150);
        assertThat(changes.size() - before)
                .as("tries, further and further apart")
                .isBetween(4, 10);
        decoding = Decoding.FRAMES;
        seconds(110, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
    }

    @Test
    void videoThatCannotBeDecodedStepsDownFirst() {
        seconds(10, UNLIMITED);
        decoding = Decoding.NO_FRAME;
        seconds(2, UNLIMITED);
        assertThat(changes).as("short interruption").isEmpty();
        seconds(1, UNLIMITED);
        assertThat(controller.level()).isBetween(1, HD.top() - 1);
        seconds(2, UNLIMITED);
        assertThat(changes).as("key frame of the new level").hasSize(1);
    }

    @Test
    void videoThatIsNotSentIsNoTrouble() {
        seconds(10, UNLIMITED);
        decoding = Decoding.NO_FRAME;
        seconds(1, UNLIMITED);
        decoding = Decoding.UNKNOWN;
        seconds(60, UNLIMITED);
        assertThat(changes).as("muted, paused, or an old client").isEmpty();
        decoding = Decoding.FRAMES;
        seconds(1, UNLIMITED);
        want(0);
        decoding = Decoding.NO_FRAME;
        seconds(10, UNLIMITED);
        want(HD.top());
        seconds(2, UNLIMITED);
        assertThat(changes).as("first seconds after a switch").isEmpty();
        assertThat(fallbacks).containsExactly(FallbackState.VIDEO);
    }

    @Test
    void reportsWithoutBytesOrFramesCountAsUnknown() {
        assertThat(Observation.of(1_000, 9, 1, 9_000, 0, 0, null).decoding()).isEqualTo(Decoding.UNKNOWN);
        assertThat(Observation.of(1_000, 0, 0, 0, 0, 0, 0).decoding()).isEqualTo(Decoding.UNKNOWN);
        assertThat(Observation.of(1_000, 9, 1, 9_000, 0, 0, 0).decoding()).isEqualTo(Decoding.NO_FRAME);
        assertThat(Observation.of(1_000, 9, 1, 9_000, 0, 0, 2).decoding()).isEqualTo(Decoding.FRAMES);
    }

    @Test
    void probesThatPromiseTooMuchRaiseTheLevelLessAndLessOften() {
        falseProbe = 900;
        seconds(10, UNLIMITED);
        seconds(300, 150);
        List<Long> late = changes.stream().filter(at -> at > 30_000).toList();
        assertThat(late.size()).as("up and down, after 20, 40 and 80 s").isBetween(2, 10);
    }

    @Test
    void noProbeFollowsOneThatIsNotAnswered() {
        seconds(10, UNLIMITED);
        measuresProbes = false;
        int probes = 0;
        for (int i = 0; i < 20; i++) {
            now += 1_000;
            // ten percent are lost, and no probe says whether the path is congested
            controller.observe(now, new Observation(20, 0.1, 2_000, 0, 0, Decoding.FRAMES, 1_000));
            probes += controller.wantsProbe(now) ? 1 : 0;
        }
        assertThat(probes).isBetween(3, 4);
    }

    @ParameterizedTest
    @CsvSource({"1000", "400", "150", "60"})
    void allThatIsWantedIsSentSoonAfterTheLimitEnds(double limit) {
        seconds(10, UNLIMITED);
        seconds(25, limit);
        seconds(8, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
    }

    @ParameterizedTest
    @CsvSource({"1000", "400", "150", "60"})
    void allThatIsWantedIsSentThoughABusySubscriberDelaysEachFourthProbe(double limit) {
        for (int offset = 0; offset < 4; offset++) {
            LayerControllerTest run = new LayerControllerTest();
            int first = offset;
            run.delaysProbe = number -> number % 4 == first;
            run.seconds(10, UNLIMITED);
            run.seconds(25, limit);
            run.seconds(11, UNLIMITED);
            assertThat(run.controller.level()).as("offset %d", first).isEqualTo(HD.top());
        }
    }

    @ParameterizedTest
    @CsvSource({"1000", "400", "250"})
    void twoProbesThatABusySubscriberReadAllAtOnceDoNotRaiseTheLevel(double limit) {
        delaysStartOfProbe = number -> number % 6 < 2;
        seconds(10, UNLIMITED);
        seconds(6, limit);
        changes.clear();
        seconds(120, limit);
        assertThat(HD.kilobits(controller.level()) + AUDIO).isLessThanOrEqualTo((int) limit);
        assertThat(changes.size()).as("up to what the path carries").isLessThanOrEqualTo(1);
        seconds(15, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
    }

    @Test
    void probesThatDisagreeAreSentAtMostEveryTwoSeconds() {
        delaysStartOfProbe = number -> number % 3 == 0;
        seconds(10, UNLIMITED);
        seconds(20, 400);
        int before = probes;
        seconds(120, 400);
        assertThat(probes - before)
                .as("three after a second each, then three after three seconds")
                .isBetween(30, 62);
    }

    @Test
    void levelIsTriedWithoutAProbeByASubscriberThatMeasuresNoneOnly() {
        seconds(10, UNLIMITED);
        seconds(30, 400);
        seconds(10, UNLIMITED);
        assertThat(controller.level()).as("probes are answered").isEqualTo(HD.top());
        seconds(5, 400);
        int lowered = controller.level();
        measuresProbes = false; // they do not get through
        seconds(120, 400);
        assertThat(controller.level()).isEqualTo(lowered);
    }

    @Test
    void probesThatStaySlowAfterTheLimitEndsDoNotKeepTheLevelLow() {
        seconds(10, UNLIMITED);
        fastestProbe = 17;
        seconds(25, 150);
        assertThat(controller.level()).as("probes are believed first").isEqualTo(1);
        seconds(90, UNLIMITED);
        assertThat(controller.level()).isEqualTo(HD.top());
    }

    @Test
    void slowProbesOfAPathThatIsStillLimitedAreDoubtedLessAndLessOften() {
        seconds(10, UNLIMITED);
        seconds(60, 150);
        changes.clear();
        seconds(900, 150);
        assertThat(changes.size()).as("up and down, after 60, 120 and 240 s").isLessThanOrEqualTo(14);
    }

    @Test
    void reportsOfTheTimeBeforeAChangeCountForNothing() {
        seconds(10, UNLIMITED);
        seconds(3, 400);
        int lowered = controller.level();
        for (int i = 0; i < 5; i++) {
            controller.observe(changes.get(0) - 1_000, new Observation(50, 0.5, 300, 400, 0, Decoding.FRAMES, 1_000));
        }
        assertThat(controller.level()).isEqualTo(lowered);
    }

    @Test
    void oneSecondOfHighLossOnAPathWithRoomChangesNothing() {
        randomLoss = 0.1;
        seconds(20, UNLIMITED);
        for (int i = 0; i < 5; i++) {
            randomLoss = 0.17;
            seconds(1, UNLIMITED);
            randomLoss = 0.1;
            seconds(3, UNLIMITED);
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void videoWithoutTemporalLayersHasALevelForEachEncoding() {
        Ladder ladder = new Ladder(new Dimensions(1280, 720), 3, false);
        assertThat(ladder.top()).isEqualTo(3);
        assertThat(ladder.kilobits(1)).isEqualTo(200);
        assertThat(ladder.limit(Layers.ALL, 2)).isEqualTo(new Layers(true, true, 1, 2));
        assertThat(ladder.levelOf(new Layers(true, true, 0, 1))).isEqualTo(1);
    }

    private void report(int packets, int lost, double kilobits, double freezeMillis, int frames) {
        now += 1_000;
        controller.observe(
                now,
                Observation.of(1_000, packets, lost, (long) (kilobits * 1_000 / 8), freezeMillis, 0, (Integer) frames));
        if (controller.fallback() != fallbacks.get(fallbacks.size() - 1)) {
            fallbacks.add(controller.fallback());
        }
    }

    @Test
    void freezeThatHasEndedIsNoTrouble() {
        seconds(10, UNLIMITED);
        report(37, 63, 331, 276, 4);
        assertThat(controller.level()).isEqualTo(1);
        for (int i = 0; i < 7; i++) {
            report(12, 2, 80, 0, 0); // the key frame was lost
        }
        assertThat(controller.fallback()).isEqualTo(FallbackState.WARNED);
        report(10, 1, 72, 8_089, 12);
        for (int i = 0; i < 5; i++) {
            report(8, 0, 50, 0, 7);
        }
        assertThat(controller.level()).isEqualTo(1);
        assertThat(fallbacks).containsExactly(FallbackState.VIDEO, FallbackState.WARNED, FallbackState.VIDEO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void videoThatFailsWhenItIsTriedHasNotReturned(int preferred) {
        want(preferred);
        seconds(10, UNLIMITED);
        seconds(300, 60);
        assertThat(fallbacks).containsExactly(FallbackState.VIDEO, FallbackState.WARNED, FallbackState.AUDIO_ONLY);
    }

    @Test
    void videoThatHasReturnedStaysForTenSeconds() {
        measuresProbes = false;
        seconds(10, UNLIMITED);
        seconds(10, 60);
        assertThat(controller.fallback()).isEqualTo(FallbackState.AUDIO_ONLY);
        while (controller.fallback() != FallbackState.VIDEO) {
            second(150);
        }
        long returned = now;
        while (controller.fallback() != FallbackState.AUDIO_ONLY) {
            second(60);
        }
        assertThat(now - returned).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void noProbeCompetesWithTheKeyFrameOfALowerLevel() {
        seconds(10, UNLIMITED);
        report(37, 63, 331, 276, 4);
        long lowered = now;
        while (now - lowered < 4_000) {
            report(12, 1, 80, 0, 7); // some losses, of which a probe would tell the cause
            assertThat(controller.wantsProbe(now)).isFalse();
        }
    }

    @Test
    void lowestLevelThatIsTriedSaysNothingAboutProbes() {
        seconds(10, UNLIMITED);
        seconds(10, 60);
        assertThat(controller.level()).isZero();
        fastestProbe = 40;
        seconds(30, 150);
        assertThat(controller.level()).as("probes are believed").isEqualTo(1);
    }
}
