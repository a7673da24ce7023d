package dev.videosession.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AdminPortTest {
    private static Response get(ServerFixture fixture, InetSocketAddress address, String path) throws IOException {
        String url = "http://127.0.0.1:" + address.getPort() + path;
        return fixture.request(new Request.Builder().url(url).build());
    }

    private static InetSocketAddress admin(ServerFixture fixture) {
        return fixture.server.adminAddress().orElseThrow();
    }

    @Test
    void healthAndMetricsAreServedApart() throws IOException {
        try (ServerFixture fixture = new ServerFixture(builder -> builder.admin("127.0.0.1", 0))) {
            assertThat(admin(fixture).getPort()).isNotEqualTo(fixture.server.port());
            try (Response response = get(fixture, admin(fixture), "/health")) {
                assertThat(response.body().string()).isEqualTo("{\"status\":\"up\",\"sessions\":0,\"connections\":0}");
            }
            try (Response response = get(fixture, admin(fixture), "/metrics")) {
                assertThat(response.code()).isEqualTo(200);
                assertThat(response.body().string()).contains("videosession_sockets ");
            }
            try (Response response = get(fixture, admin(fixture), "/v1/signaling")) {
                assertThat(response.code()).isEqualTo(404);
            }
            try (Response response = fixture.get("/metrics")) {
                assertThat(response.code()).isEqualTo(404);
            }
            try (Response response = fixture.get("/health")) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @Test
    void withoutAdminPortTheOtherPortServesBoth() throws IOException {
        try (ServerFixture fixture = new ServerFixture()) {
            assertThat(fixture.server.adminAddress()).isEmpty();
            try (Response response = fixture.get("/metrics")) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
    }

    @Test
    void blockedEventLoopIsUnhealthyUntilItGoesOn() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        HttpRoutes block = HttpRoutes.builder()
                .add("GET", "/block", call -> {
                    blocked.countDown();
                    awaitUninterruptibly(release);
                    return CompletableFuture.completedFuture(HttpReply.json(200, "{}"));
                })
                .build();
        try (ServerFixture fixture = new ServerFixture(
                        builder -> builder.admin("127.0.0.1", 0).routes(control -> block));
                RawSocket socket = new RawSocket(fixture.server)) {
            socket.write("GET /block HTTP/1.1\r\nHost: a\r\n\r\n");
            awaitUninterruptibly(blocked);
            try (Response response = get(fixture, admin(fixture), "/health")) {
                assertThat(response.code()).isEqualTo(503);
                assertThat(response.body().string()).contains("\"status\":\"unresponsive\"");
            }
            release.countDown();
            Awaitility.await("health").until(() -> {
                try (Response response = get(fixture, admin(fixture), "/health")) {
                    return response.code() == 200;
                }
            });
        } finally {
            release.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void portThatIsTakenStopsTheStartByName() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> SignalingServer.builder()
                            .project(ServerFixture.PROJECT)
                            .admin("127.0.0.1", taken.getLocalPort())
                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("admin address")
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }
}
