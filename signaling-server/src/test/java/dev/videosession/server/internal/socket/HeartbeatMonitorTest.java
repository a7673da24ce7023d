package dev.videosession.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.outbox.Outbox;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatMonitorTest {
    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long SILENCE_MILLIS = 12_000;
    private static final long HANDSHAKE_MILLIS = 10_000;
    private static final long SUSPENDED_MILLIS = 60_000;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final TimeSource time = TimeSource.of(ticker::nanoTime, InstantSource.system());
    private final EmbeddedChannel channel = EmbeddedChannel.builder()
            .ticker(ticker)
            .handlers(new ChannelInboundHandlerAdapter())
            .build();
    private final Socket socket = new Socket();

    /** Records the calls of the monitor. */
    private static final class Socket implements HeartbeatMonitor.Listener {
        boolean timedOut;
        boolean silent;

        @Override
        public void timedOut() {
            timedOut = true;
        }

        @Override
        public void silent() {
            silent = true;
        }
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void start(long silenceMillis) {
        startConnecting(silenceMillis).established();
    }

    private HeartbeatMonitor startConnecting(long silenceMillis) {
        Outbox outbox = new Outbox(channel.pipeline().firstContext(), 100, 100_000, time, () -> {});
        HeartbeatMonitor monitor = new HeartbeatMonitor(
                outbox, time, new Timings(HEARTBEAT_MILLIS, silenceMillis, 0), HANDSHAKE_MILLIS, socket);
        channel.pipeline().addFirst(monitor.byteRecorder());
        monitor.start(channel.eventLoop());
        return monitor;
    }

    /** The process is suspended for this time: timers that were due fire at its end. */
    private void jump(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    /** Each timer fires when it is due. */
    private void pass(long millis) {
        for (long passed = 0; passed < millis; passed++) {
            jump(1);
        }
    }

    private void receiveByte() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'x'}));
    }

    private int takeHeartbeats() {
        int count = 0;
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            assertThat(frame.toString(StandardCharsets.UTF_8)).contains("heartbeat");
            ReferenceCountUtil.release(frame);
            count++;
        }
        return count;
    }

    @Test
    void clientIsSilentAfterTheSilenceTime() {
        start(SILENCE_MILLIS);
        pass(SILENCE_MILLIS - 1);
        assertThat(socket.silent).isFalse();
        pass(1);
        assertThat(socket.silent).isTrue();
        assertThat(socket.timedOut).isFalse();
    }

    /** Its join waits for the log, and it sends its first heartbeat only after it is connected. */
    @Test
    void timeUntilAClientIsConnectedIsNoSilence() {
        HeartbeatMonitor monitor = startConnecting(SILENCE_MILLIS);
        pass(HANDSHAKE_MILLIS - 1);
        monitor.established();
        pass(HEARTBEAT_MILLIS);
        assertThat(socket.silent).isFalse();
        receiveByte();
        pass(SILENCE_MILLIS - 1);
        assertThat(socket.silent).isFalse();
        pass(1);
        assertThat(socket.silent).isTrue();
        assertThat(socket.timedOut).isFalse();
    }

    @Test
    void clientThatNeverSendsAfterItIsConnectedIsSilent() {
        HeartbeatMonitor monitor = startConnecting(SILENCE_MILLIS);
        pass(HANDSHAKE_MILLIS - 1);
        monitor.established();
        pass(SILENCE_MILLIS - 1);
        assertThat(socket.silent).isFalse();
        pass(1);
        assertThat(socket.silent).isTrue();
    }

    /** A long message over a slow path takes longer than the silence time. */
    @Test
    void everyByteEndsTheSilence() {
        start(SILENCE_MILLIS);
        for (int bytes = 0; bytes < 3; bytes++) {
            pass(SILENCE_MILLIS - 1);
            receiveByte();
        }
        pass(SILENCE_MILLIS - 1);
        assertThat(socket.silent).isFalse();
        pass(1);
        assertThat(socket.silent).isTrue();
    }

    @Test
    void heartbeatIsSentWhenNothingElseIs() {
        start(SILENCE_MILLIS);
        pass(HEARTBEAT_MILLIS - 1);
        assertThat(takeHeartbeats()).isZero();
        pass(1);
        assertThat(takeHeartbeats()).isOne();
        pass(HEARTBEAT_MILLIS);
        assertThat(takeHeartbeats()).isOne();
    }

    /** With a silence time of one heartbeat, every suspension begins before a timer that is due when the silence time ends. */
    @ParameterizedTest
    @ValueSource(longs = {HEARTBEAT_MILLIS, 8 * HEARTBEAT_MILLIS})
    void clientIsNotSilentWhileTheProcessIsSuspended(long silenceMillis) {
        start(silenceMillis);
        for (int suspensions = 0; suspensions < 3; suspensions++) {
            jump(SUSPENDED_MILLIS);
            assertThat(socket.silent).isFalse();
            assertThat(takeHeartbeats()).isOne();
        }
        pass(HEARTBEAT_MILLIS - 1);
        assertThat(socket.silent).as("before there was time to hear the client").isFalse();
        pass(silenceMillis);
        assertThat(socket.silent).isTrue();
    }

    @Test
    void clientHasTheHandshakeTimeToConnect() {
        startConnecting(SILENCE_MILLIS);
        pass(HANDSHAKE_MILLIS - 1);
        assertThat(socket.timedOut).isFalse();
        pass(1);
        assertThat(socket.timedOut).isTrue();
        assertThat(socket.silent).isFalse();
    }

    @Test
    void clientMayConnectAfterTheProcessWasSuspended() {
        startConnecting(SILENCE_MILLIS);
        jump(SUSPENDED_MILLIS);
        pass(HEARTBEAT_MILLIS - 1);
        assertThat(socket.timedOut).isFalse();
        pass(HANDSHAKE_MILLIS);
        assertThat(socket.timedOut).isTrue();
    }
}
