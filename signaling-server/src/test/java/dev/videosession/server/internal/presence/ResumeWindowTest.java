package dev.videosession.server.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionExecutor;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResumeWindowTest {
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel = EmbeddedChannel.builder()
            .ticker(ticker)
            .handlers(new ChannelInboundHandlerAdapter())
            .build();
    private final SessionExecutor loop = new SessionExecutor(new SessionId("s"), channel.eventLoop(), () -> {});
    private long writableMillis = Long.MAX_VALUE;
    private boolean ended;

    private final ResumeWindow window = new ResumeWindow(
            loop,
            new NodeDirectory() {
                @Override
                public @Nullable List<String> addresses() {
                    return null;
                }

                @Override
                public long writableMillis() {
                    return writableMillis;
                }
            },
            12_000);

    private void pass(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void windowOfAServerThatIsAloneIsOver() {
        window.begin(() -> ended = true);
        pass(11_999);
        assertThat(ended).isFalse();
        pass(1);
        assertThat(ended).isTrue();
    }

    @Test
    void windowBeginsAgainWhenTheLogCanBeWrittenAgain() {
        window.begin(() -> ended = true);
        writableMillis = 0;
        pass(12_000);
        writableMillis = 0;
        pass(12_000);
        assertThat(ended).isFalse();
        writableMillis = 4_000;
        pass(12_000);
        assertThat(ended).isFalse();
        writableMillis = 11_999;
        pass(8_000);
        assertThat(ended).isFalse();
        writableMillis = 12_000;
        pass(1);
        assertThat(ended).isTrue();
    }
}
