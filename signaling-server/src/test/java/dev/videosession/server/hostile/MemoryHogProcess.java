package dev.videosession.server.hostile;

import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.settings.SessionPolicy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * A server in a process of its own that runs out of memory on request. Its arguments are the port and a session; {@code GET /heap} and
 * {@code GET /direct} take memory and keep it until there is none, in a handler of a socket; so does the first client that
 * enters the session, in a task of an event loop.
 */
final class MemoryHogProcess {
    private static final int PIECE = 1024 * 1024;
    private static final List<Object> KEPT = new ArrayList<>();

    private MemoryHogProcess() {}

    public static void main(String[] arguments) throws Exception {
        HttpRoutes routes = HttpRoutes.builder()
                .add("GET", "/heap", call -> {
                    fillHeap();
                    return CompletableFuture.completedFuture(HttpReply.json(200, "{}"));
                })
                .add("GET", "/direct", call -> {
                    while (KEPT.size() < 10_000) {
                        ByteBuf piece = PooledByteBufAllocator.DEFAULT.directBuffer(PIECE);
                        KEPT.add(piece);
                    }
                    return CompletableFuture.completedFuture(HttpReply.json(200, "{}"));
                })
                .build();
        SignalingServer.builder()
                .project(ServerFixture.PROJECT)
                .port(Integer.parseInt(arguments[0]))
                .routes(control -> routes)
                .policies(session -> {
                    if (session.value().equals(arguments[1])) {
                        fillHeap();
                    }
                    return SessionPolicy.LASTING;
                })
                .start();
        new CountDownLatch(1).await();
    }

    private static void fillHeap() {
        while (KEPT.size() < 10_000) {
            KEPT.add(new byte[PIECE]);
        }
    }
}
