package dev.videosession.session.internal.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.Speakers;
import dev.videosession.session.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class SpeakerDetectorTest {
    private static final long TICK_MILLIS = 50;
    private static final long SETTLED_MILLIS = 700;
    private static final double SPEECH = 0.3;
    private static final double NOISE = 0.01;

    private final SpeakerDetector detector = new SpeakerDetector();
    private final Map<Stream, FallingLevel> levels = new LinkedHashMap<>();
    private final Stream ada = participant("ada");
    private final Stream bob = participant("bob");
    private final Stream own = participant("own");
    private long now = 1_000;
    private int changesOfActive;

    @Test
    void participantWhoSpeaksIsActiveWithin700Millis() {
        hear(ada, SPEECH);
        hear(bob, NOISE);
        pass(SETTLED_MILLIS);
        assertThat(detector.current().active()).contains(ada);
        assertThat(detector.current().speaking()).containsExactly(ada);
    }

    @Test
    void nextSpeakerReplacesTheFormerWithin700Millis() {
        for (double loudness : new double[] {0.06, SPEECH, 1.0}) {
            hear(ada, loudness);
            hear(bob, NOISE);
            pass(5_000);
            assertThat(detector.current().active()).contains(ada);
            hear(ada, NOISE);
            hear(bob, loudness);
            pass(SETTLED_MILLIS);
            assertThat(detector.current().active()).contains(bob);
            assertThat(detector.current().speaking()).containsExactly(bob);
        }
    }

    @Test
    void lastSpeakerStaysActiveInSilence() {
        hear(ada, SPEECH);
        pass(2_000);
        hear(ada, 0);
        pass(60_000);
        assertThat(detector.current().active()).contains(ada);
        assertThat(detector.current().speaking()).isEmpty();
    }

    @Test
    void clickIsNotSpeech() {
        hear(ada, NOISE);
        pass(1_000);
        hear(ada, 1.0);
        pass(TICK_MILLIS);
        hear(ada, 0);
        pass(2_000);
        assertThat(detector.current().active()).isEmpty();
    }

    @Test
    void pauseBetweenWordsChangesNothing() {
        hear(ada, time -> time % 1_000 < 700 ? SPEECH : 0);
        pass(1_000);
        for (int i = 0; i < 200; i++) {
            pass(TICK_MILLIS);
            assertThat(detector.current().speaking()).containsExactly(ada);
        }
    }

    @Test
    void equallyLoudParticipantsDoNotTakeTurns() {
        SplittableRandom random = new SplittableRandom(1);
        hear(ada, time -> SPEECH * (0.7 + 0.6 * random.nextDouble()));
        hear(bob, time -> SPEECH * (0.7 + 0.6 * random.nextDouble()));
        pass(60_000);
        assertThat(changesOfActive).isOne();
        assertThat(detector.current().speaking()).containsExactly(ada, bob);
    }

    @Test
    void muchLouderParticipantTakesOverFromOneWhoGoesOn() {
        hear(ada, 0.1);
        pass(3_000);
        hear(bob, 0.6);
        pass(SETTLED_MILLIS);
        assertThat(detector.current().active()).contains(bob);
        assertThat(detector.current().speaking()).containsExactly(ada, bob);
    }

    @Test
    void ownAudioIsListedButNeverActive() {
        hear(own, SPEECH);
        pass(SETTLED_MILLIS);
        assertThat(detector.current().active()).isEmpty();
        assertThat(detector.current().speaking()).containsExactly(own);
    }

    @Test
    void endedStreamIsNeitherActiveNorSpeaking() {
        hear(ada, SPEECH);
        hear(bob, SPEECH / 3);
        pass(2_000);
        levels.remove(ada);
        pass(TICK_MILLIS);
        assertThat(detector.current().active()).contains(bob);
        levels.remove(bob);
        pass(TICK_MILLIS);
        assertThat(detector.current()).isEqualTo(Speakers.NONE);
    }

    @Test
    void lateTickDoesNotTurnAClickIntoSpeech() {
        hear(ada, NOISE);
        pass(1_000);
        now += 10_000;
        hear(ada, SPEECH);
        pass(TICK_MILLIS);
        assertThat(detector.current().speaking()).isEmpty();
    }

    private void hear(Stream stream, double peak) {
        hear(stream, time -> peak);
    }

    private void hear(Stream stream, LongToDoubleFunction peak) {
        levels.computeIfAbsent(stream, added -> new FallingLevel()).peak = peak;
    }

    private void pass(long millis) {
        for (long end = now + millis; now < end; ) {
            now += TICK_MILLIS;
            Optional<Stream> before = detector.current().active();
            List<Voice> voices = new ArrayList<>();
            levels.forEach((stream, level) -> voices.add(new Voice(stream, stream.equals(own), level.at(now))));
            detector.sample(now, voices);
            changesOfActive += before.equals(detector.current().active()) ? 0 : 1;
        }
    }

    private static Stream participant(String name) {
        Connection connection = new Connection(new ConnectionId(name), Instant.EPOCH, "", Role.PUBLISHER);
        return new KnownStream(new StreamId(name), connection, name);
    }

    /** Falls by 4 a second after a peak, as the level of a feed does. */
    private static final class FallingLevel {
        private LongToDoubleFunction peak = time -> 0;
        private double level;

        double at(long time) {
            level = Math.max(peak.applyAsDouble(time), level - 4.0 * TICK_MILLIS / 1_000);
            return level;
        }
    }

    private record KnownStream(StreamId id, Connection connection, String name) implements Stream {
        @Override
        public Instant creationTime() {
            return connection.creationTime();
        }

        @Override
        public boolean hasAudio() {
            return true;
        }

        @Override
        public boolean hasVideo() {
            return false;
        }

        @Override
        public Optional<VideoType> videoType() {
            return Optional.empty();
        }

        @Override
        public Optional<Dimensions> videoDimensions() {
            return Optional.empty();
        }
    }
}
