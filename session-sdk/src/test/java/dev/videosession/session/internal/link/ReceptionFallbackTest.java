package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import org.junit.jupiter.api.Test;

class ReceptionFallbackTest {
    private final ReceptionFallback fallback = new ReceptionFallback();
    private long now;

    private FallbackState second(boolean expected, int packets, int lost, int frames) {
        now += 1_000;
        return fallback.observe(
                now,
                expected,
                new LinkMessage.ReceptionReport(
                        new LinkId("l-1"), 1_000, packets, lost, packets * 1_000L, 0, 0, 0, frames));
    }

    private FallbackState nothingFor(int seconds) {
        FallbackState last = FallbackState.VIDEO;
        for (int i = 0; i < seconds; i++) {
            last = second(true, 0, 0, 0);
        }
        return last;
    }

    @Test
    void videoThatStopsAfterLossesGivesWayToAudio() {
        second(true, 200, 0, 30);
        assertThat(second(true, 20, 20, 3)).isEqualTo(FallbackState.VIDEO);
        assertThat(nothingFor(2)).isEqualTo(FallbackState.VIDEO);
        assertThat(nothingFor(1)).isEqualTo(FallbackState.WARNED);
        assertThat(nothingFor(1)).isEqualTo(FallbackState.WARNED);
        assertThat(nothingFor(1)).isEqualTo(FallbackState.AUDIO_ONLY);
        assertThat(nothingFor(60)).isEqualTo(FallbackState.AUDIO_ONLY);
        assertThat(second(true, 20, 0, 8)).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void videoThatWasTurnedOffStaysOffForTenSeconds() {
        second(true, 20, 20, 3);
        assertThat(nothingFor(5)).isEqualTo(FallbackState.AUDIO_ONLY);
        for (int i = 0; i < 9; i++) {
            assertThat(second(true, 20, 0, 8)).isEqualTo(FallbackState.AUDIO_ONLY);
        }
        assertThat(second(true, 20, 0, 8)).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void videoThatArrivesButCannotBeDecodedGivesWayToAudio() {
        second(true, 200, 0, 30);
        FallbackState last = FallbackState.VIDEO;
        for (int i = 0; i < 5; i++) {
            last = second(true, 40, 2, 0);
        }
        assertThat(last).isEqualTo(FallbackState.AUDIO_ONLY);
    }

    /** The first packets after an interruption, such as the loss of a router, arrive before the first frame. */
    @Test
    void timeWithoutALinkIsNoTimeWithoutFrames() {
        second(true, 200, 0, 30);
        nothingFor(6);
        fallback.restart();
        assertThat(second(true, 40, 0, 0)).isEqualTo(FallbackState.VIDEO);
        assertThat(second(true, 200, 0, 30)).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void sourceThatSendsNoFramesIsNoFallback() {
        second(true, 200, 0, 30);
        assertThat(nothingFor(60)).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void troubleOfLongAgoDoesNotCount() {
        second(true, 20, 20, 3);
        for (int i = 0; i < 10; i++) {
            second(true, 200, 0, 30);
        }
        assertThat(nothingFor(60)).isEqualTo(FallbackState.VIDEO);
    }

    @Test
    void videoThatIsNotExpectedIsNoFallback() {
        second(true, 20, 20, 3);
        nothingFor(6);
        assertThat(second(false, 0, 0, 0)).isEqualTo(FallbackState.VIDEO);
        assertThat(nothingFor(1)).isEqualTo(FallbackState.VIDEO);
    }
}
