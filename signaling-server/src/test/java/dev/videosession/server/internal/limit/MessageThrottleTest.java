package dev.videosession.server.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.limit.MessageThrottle.Allowed;
import dev.videosession.server.internal.limit.MessageThrottle.Flood;
import dev.videosession.server.internal.limit.MessageThrottle.Kind;
import dev.videosession.server.internal.limit.MessageThrottle.ThrottleResult;
import dev.videosession.server.internal.limit.MessageThrottle.TooMuch;
import dev.videosession.server.settings.ServerLimits;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageThrottleTest {
    private final ServerLimits limits = ServerLimits.builder()
            .messageRate(10, 100)
            .signalRate(5, 20)
            .linkRate(5, 400)
            .build();
    private final MessageThrottle throttle = new MessageThrottle(limits, 0);
    private long now;

    private ThrottleResult send(Kind kind) {
        return throttle.judge(kind, 100, now);
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void everythingOfAKindIsRefusedUntilTheTimeThatWasNamed() {
        for (int i = 0; i < 20; i++) {
            assertThat(send(Kind.SIGNAL)).isInstanceOf(Allowed.class);
        }
        assertThat(send(Kind.SIGNAL)).isEqualTo(new TooMuch("signals", 2000, true, false));
        pass(1999);
        assertThat(send(Kind.SIGNAL)).isEqualTo(new TooMuch("signals", 1, false, false));
        assertThat(send(Kind.ORDINARY)).isInstanceOf(Allowed.class);
        pass(1);
        for (int i = 0; i < 10; i++) {
            assertThat(send(Kind.SIGNAL)).isInstanceOf(Allowed.class);
        }
        assertThat(send(Kind.SIGNAL)).isInstanceOf(TooMuch.class);
    }

    @Test
    void clientThatHeedsWarningsIsNeverAFlood() {
        for (int seconds = 0; seconds < 3600; ) {
            ThrottleResult verdict = send(Kind.SIGNAL);
            assertThat(verdict).isNotInstanceOf(Flood.class);
            if (verdict instanceof TooMuch excess) {
                assertThat(send(Kind.SIGNAL)).as("what was under way").isNotInstanceOf(Flood.class);
                pass(excess.retryAfterMillis());
                seconds += 2;
            }
        }
    }

    @Test
    void burstIsNoFloodHoweverLargeUntilItsClientCouldReadTheWarning() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(send(Kind.ORDINARY)).isNotInstanceOf(Flood.class);
        }
        pass(3001);
        ThrottleResult last = send(Kind.ORDINARY);
        for (int i = 0; i < 200 && !(last instanceof Flood); i++) {
            last = send(Kind.ORDINARY);
        }
        assertThat(last).isEqualTo(new Flood("messages"));
    }

    @Test
    void readingStopsAfterAThousandRefusals() {
        int refused = 0;
        for (ThrottleResult verdict = send(Kind.ORDINARY); ; verdict = send(Kind.ORDINARY)) {
            if (verdict instanceof TooMuch excess) {
                refused++;
                if (excess.pause()) {
                    break;
                }
            }
        }
        assertThat(refused).isEqualTo(MessageThrottle.MOST_REFUSALS);
    }

    @Test
    void heartbeatsAndDisconnectsPassWhileOtherMessagesAreRefused() {
        while (send(Kind.ORDINARY) instanceof Allowed) {
            pass(0);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(send(Kind.HEARTBEAT)).isInstanceOf(Allowed.class);
            assertThat(send(Kind.GOODBYE)).isInstanceOf(Allowed.class);
        }
        for (int i = 0; i < 20; i++) {
            send(Kind.HEARTBEAT);
        }
        assertThat(send(Kind.HEARTBEAT)).isInstanceOf(TooMuch.class);
    }

    @Test
    void messagesForLinksAreChargedToWhatTheServerGranted() {
        throttle.links().linkOpened();
        for (int i = 0; i < 400; i++) {
            assertThat(send(Kind.LINK)).isInstanceOf(Allowed.class);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(send(Kind.LINK)).as("as an ordinary message").isInstanceOf(Allowed.class);
        }
        assertThat(send(Kind.LINK)).isInstanceOf(TooMuch.class);
        throttle.links().grant(80, 64 * 1024);
        for (int i = 0; i < 80; i++) {
            assertThat(send(Kind.LINK)).isInstanceOf(Allowed.class);
        }
        assertThat(send(Kind.LINK)).isInstanceOf(TooMuch.class);
    }

    @Test
    void allowanceOfManyClosedLinksDoesNotPileUp() {
        for (int i = 0; i < 10_000; i++) {
            throttle.links().linkOpened();
            throttle.links().linkClosed();
        }
        int allowed = 0;
        while (throttle.links().take(100, now)) {
            allowed++;
        }
        assertThat(allowed).isEqualTo(16 * 400);
    }
}
