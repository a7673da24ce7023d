package dev.videosession.session.internal.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.session.internal.loop.SessionLoop;
import io.reactivex.rxjava3.schedulers.TestScheduler;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;

/** A client whose process stood still does not take it for silence of the server. */
class SignalingChannelStallTest {
    private static final Timings TIMINGS = new Timings(1000, 2500, 4000);

    private final TestScheduler scheduler = new TestScheduler();
    private long nowMillis = 100_000;
    private final SessionLoop loop = new SessionLoop("stall", scheduler, new Clock());
    private final List<ChannelCloseReason> ends = new ArrayList<>();

    /** Both clocks go on while the process is suspended. */
    private final class Clock implements TimeSource {
        @Override
        public long nanos() {
            return TimeUnit.MILLISECONDS.toNanos(nowMillis);
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMillis);
        }
    }

    /** The next timer is due in 1 s, in 10 ms and at the very end of the silence time. */
    @ParameterizedTest
    @ValueSource(longs = {0, 2490, 2499, 2500})
    void serverHasTimeToBeHeardAfterStall(long silentMillis) {
        open();
        pass(silentMillis);
        assertThat(ends).isEmpty();
        suspend(60_000);
        pass(TIMINGS.heartbeatMillis() - 1);
        assertThat(ends).isEmpty();
        pass(TIMINGS.silenceMillis());
        assertThat(ends).hasSize(1);
    }

    /** Stalls one after the other, each from a moment in which the silence time ends. */
    @ParameterizedTest
    @ValueSource(longs = {600, 5_000, 3_600_000})
    void serverHasTimeToBeHeardAfterEveryStall(long stallMillis) {
        open();
        for (int stall = 0; stall < 3; stall++) {
            pass(TIMINGS.heartbeatMillis() - 1);
            suspend(stallMillis);
            assertThat(ends).as("after stall %s", stall + 1).isEmpty();
        }
    }

    private void open() {
        WebSocketConnector connector = Mockito.mock();
        Mockito.when(connector.open(ArgumentMatchers.any(), ArgumentMatchers.any()))
                .thenReturn(Mockito.mock());
        SignalingChannel.Listener listener = Mockito.mock();
        ArgumentCaptor<ChannelCloseReason> reason = ArgumentCaptor.captor();
        Mockito.doAnswer(call -> ends.add(reason.getValue()))
                .when(listener)
                .onEnd(ArgumentMatchers.any(), reason.capture());
        loop.execute(
                () -> SignalingChannel.open(connector, URI.create("ws://localhost"), loop, new MessageCodec(), listener)
                        .startHeartbeat(TIMINGS));
        scheduler.triggerActions();
    }

    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed++) {
            nowMillis++;
            scheduler.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        }
    }

    private void suspend(long millis) {
        nowMillis += millis;
        scheduler.advanceTimeBy(TIMINGS.silenceMillis() + 1, TimeUnit.MILLISECONDS);
    }
}
