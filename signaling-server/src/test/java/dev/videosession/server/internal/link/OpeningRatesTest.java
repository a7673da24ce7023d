package dev.videosession.server.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpeningRatesTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final StreamId STREAM = new StreamId("stream");

    private final OpeningRates rates = OpeningRates.relayed();

    @Test
    void tenAtOnceThenOneEveryTwoSeconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(rates.take(ADA, STREAM, 0)).isZero();
        }
        assertThat(rates.take(ADA, STREAM, 0)).isEqualTo(2000);
        assertThat(rates.take(new ConnectionId("bob"), STREAM, 0)).isZero();
        assertThat(rates.take(ADA, new StreamId("other"), 0)).isZero();
        assertThat(rates.take(ADA, STREAM, TimeUnit.SECONDS.toNanos(2))).isZero();
    }

    @Test
    void aRouterTakesFiftyAtOnceThenTenEverySecond() {
        OpeningRates routed = OpeningRates.routed();
        for (int i = 0; i < 50; i++) {
            assertThat(routed.take(ADA, STREAM, 0)).isZero();
        }
        assertThat(routed.take(ADA, STREAM, 0)).isEqualTo(100);
    }

    @Test
    void pairsOfThePastAreForgotten() {
        for (int second = 0; second < 100_000; second++) {
            assertThat(rates.take(ADA, new StreamId("s" + second), TimeUnit.SECONDS.toNanos(second)))
                    .isZero();
        }
        assertThat(rates.size()).isLessThanOrEqualTo(256);
    }

    @Test
    void aPairThatIsStillChargedIsNotForgotten() {
        for (int i = 0; i < 10; i++) {
            assertThat(rates.take(ADA, STREAM, 0)).isZero();
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(rates.take(ADA, new StreamId("s" + i), 0)).isZero();
        }
        assertThat(rates.take(ADA, STREAM, 0)).isEqualTo(2000);
    }
}
