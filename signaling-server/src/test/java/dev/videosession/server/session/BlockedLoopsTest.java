package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.StoppedClock;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpRoutes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The time for which the event loops of a server are blocked counts against no client. */
class BlockedLoopsTest {
    private static final long HEARTBEAT_MILLIS = 50;

    /** Blocks every loop for longer than the silence limit, while the client goes on to talk. */
    @Test
    void clientsStayConnected() throws Exception {
        StoppedClock clock = new StoppedClock();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger blocked = new AtomicInteger();
        HttpRoutes.Handler block = call -> {
            blocked.incrementAndGet();
            try {
                release.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableFuture.completedFuture(HttpReply.json(200, "{}"));
        };
        ScheduledExecutorService talker = new ScheduledThreadPoolExecutor(1);
        try (ServerFixture fixture = new ServerFixture(builder -> builder.threads(2)
                .timeSource(clock)
                .timings(new Timings(HEARTBEAT_MILLIS, 600, 0))
                .routes(control ->
                        HttpRoutes.builder().add("GET", "/block", block).build()))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            var talking = talker.scheduleAtFixedRate(
                    () -> ada.send(new Heartbeat()), 0, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
            var calls = new ArrayList<Call>();
            for (int i = 0; i < 8; i++) {
                Call call = fixture.http.newCall(new Request.Builder()
                        .url(fixture.server.uri() + "/block")
                        .build());
                calls.add(call);
                call.enqueue(new Ignored());
            }
            Awaitility.await("both loops to be blocked").until(() -> blocked.get() == 2);
            clock.jump(1500);
            Awaitility.await("timers that are due")
                    .during(Duration.ofMillis(3 * HEARTBEAT_MILLIS))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !ada.closed().isDone());
            release.countDown();
            ada.expectNothing();
            assertThat(talking.isDone()).isFalse();
            calls.forEach(Call::cancel);
        } finally {
            talker.shutdownNow();
        }
    }

    private static final class Ignored implements Callback {
        @Override
        public void onFailure(Call call, IOException e) {
            assertThat(e).isNotNull();
        }

        @Override
        public void onResponse(Call call, Response response) {
            response.close();
        }
    }
}
