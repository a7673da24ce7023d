package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import org.junit.jupiter.api.Test;

class ProbeSpeedTest {
    private static final String PADDING = ".".repeat(900); // 1,000 bytes a message with what is around it

    private final ProbeSpeed speed = new ProbeSpeed();

    private void arrive(long... times) {
        for (int index = 0; index < times.length; index++) {
            speed.arrived(new LinkMessage.Probe(new LinkId("l-1"), index, times.length, PADDING), times[index]);
        }
    }

    @Test
    void secondHalfTellsTheSpeed() {
        arrive(0, 0, 0, 0, 0, 100, 200, 300);
        assertThat(speed.take()).isEqualTo(80);
        assertThat(speed.take()).as("measured once").isZero();
    }

    @Test
    void messagesThatArriveAtOnceAreFast() {
        arrive(0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(speed.take()).isEqualTo(24_000);
    }

    @Test
    void messagesBehindALostPacketAreNotFast() {
        arrive(0, 0, 400, 400, 400, 400, 400, 400);
        assertThat(speed.take()).isEqualTo(140);
    }

    @Test
    void shortDelayOfTheFirstHalfCountsForNothing() {
        arrive(0, 0, 50, 50, 50, 50, 50, 51);
        assertThat(speed.take()).isEqualTo(24_000);
    }

    @Test
    void probeWithoutItsBeginningIsNotMeasured() {
        speed.arrived(new LinkMessage.Probe(new LinkId("l-1"), 4, 8, PADDING), 0);
        speed.arrived(new LinkMessage.Probe(new LinkId("l-1"), 7, 8, PADDING), 10);
        assertThat(speed.take()).isZero();
    }
}
