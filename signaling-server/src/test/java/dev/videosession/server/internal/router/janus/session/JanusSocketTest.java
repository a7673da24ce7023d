package dev.videosession.server.internal.router.janus.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.JanusEndpoint;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JanusSocketTest {
    @Test
    void socketThatJanusDoesNotReadIsClosed() throws Exception {
        CompletableFuture<String> closed = new CompletableFuture<>();
        CompletableFuture<Void> open = new CompletableFuture<>();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("test", true), NioIoHandler.newFactory());
        try (FakeJanus silent = new FakeJanus()) {
            JanusSocket socket = new JanusSocket(group.next(), new JanusSocket.Listener() {
                @Override
                public void onOpen() {
                    open.complete(null);
                }

                @Override
                public void onText(String text) {
                    closed.completeExceptionally(new AssertionError(text));
                }

                @Override
                public void onClosed(String reason) {
                    closed.complete(reason);
                }
            });
            group.next().execute(() -> socket.connect(new JanusEndpoint(silent.uri(), "", "")));
            open.get(5, TimeUnit.SECONDS);
            silent.stopReading();
            String message = "x".repeat(100_000);
            for (int i = 0; i < 500 && !closed.isDone(); i++) {
                group.next().submit(() -> socket.send(message)).sync();
            }
            assertThat(closed.get(5, TimeUnit.SECONDS)).startsWith("Janus does not read");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        }
    }
}
