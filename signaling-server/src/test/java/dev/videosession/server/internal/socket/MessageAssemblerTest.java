package dev.videosession.server.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.time.TimeSource;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageAssemblerTest {
    private long now;
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new MessageAssembler(TimeSource.of(() -> now, InstantSource.system())));

    MessageAssemblerTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void begin() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, "a"));
    }

    private void go(boolean last) {
        channel.writeInbound(
                new ContinuationWebSocketFrame(last, 0, Unpooled.copiedBuffer("b", StandardCharsets.US_ASCII)));
    }

    private String read() {
        TextWebSocketFrame frame = channel.readInbound();
        try {
            return frame.text();
        } finally {
            frame.release();
        }
    }

    @Test
    void fragmentsBecomeOneMessageAndTheNextOneBeginsAnew() {
        begin();
        pass(29);
        go(false);
        go(true);
        assertThat(read()).isEqualTo("abb");
        pass(60);
        begin();
        go(true);
        assertThat(read()).isEqualTo("ab");
        assertThatCode(channel::checkException).doesNotThrowAnyException();
    }

    @Test
    void messageThatIsNotCompleteInTimeIsRefusedHoweverManyFragmentsCome() {
        begin();
        for (int i = 0; i < 29; i++) {
            pass(1);
            go(false);
        }
        assertThatCode(channel::checkException).doesNotThrowAnyException();
        pass(1);
        assertThatThrownBy(channel::checkException)
                .isInstanceOf(MessageAssembler.SlowMessageException.class)
                .hasMessageContaining("30 s");
        go(true);
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void timeInWhichTheProcessStoodStillIsNotCounted() {
        begin();
        now += TimeUnit.SECONDS.toNanos(20);
        pass(30);
        assertThatCode(channel::checkException).doesNotThrowAnyException();
        pass(20);
        assertThatThrownBy(channel::checkException).isInstanceOf(MessageAssembler.SlowMessageException.class);
    }
}
