package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that stood still does not take it out on its clients. */
class StallTest {
    /** With a silence time of one heartbeat, every stall begins before a timer that is due when the silence time ends. */
    @ParameterizedTest
    @ValueSource(longs = {50, 400})
    void clientsAreNotSilentWhileTheServerDoesNotListen(long silenceMillis) {
        StoppedClock clock = new StoppedClock();
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.timeSource(clock).timings(new Timings(50, silenceMillis, 0)))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            for (int stall = 1; stall <= 3; stall++) {
                int seen = stall;
                clock.jump(60_000);
                Awaitility.await("sign of life after stall " + stall).until(() -> ada.heartbeats.get() >= seen);
            }
            ada.expectNothing();
            Awaitility.await("silence on a clock that goes on")
                    .pollInterval(Duration.ofMillis(60))
                    .until(() -> {
                        clock.jump(60);
                        return ada.closed().isDone();
                    });
            ada.expectClose(CloseCode.SILENT);
        }
    }

    @Test
    void resumeWindowGoesOnWhileNobodyCouldComeBack() {
        StoppedClock clock = StoppedClock.jumpingBy(5_000);
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.timeSource(clock).timings(new Timings(30_000, 3_000_000, 200)))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            TestClient bob = fixture.join(Role.PUBLISHER);
            ada.breakSocket();
            bob.expect(SequencedEvent.ConnectionReconnecting.class);
            Awaitility.await("several windows")
                    .during(Duration.ofMillis(900))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> fixture.metric("videosession.connections") == 2);
            TestClient again = fixture.open();
            again.send(new ClientMessage.Resume(
                    9, 1, fixture.session, ada.id(), ada.connected().resumeKey(), 1));
            again.expect(ServerMessage.Resumed.class);
        }
    }

    /** Blocks every loop for longer than the silence limit, while the client goes on to talk. */
    @Test
    void blockedLoopsKickNobody() throws Exception {
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
                .timings(new Timings(100, 600, 0))
                .routes(control ->
                        HttpRoutes.builder().add("GET", "/block", block).build()))) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            var talking = talker.scheduleAtFixedRate(() -> ada.send(new Heartbeat()), 0, 100, TimeUnit.MILLISECONDS);
            var calls = new ArrayList<Call>();
            for (int i = 0; i < 8; i++) {
                Call call = fixture.http.newCall(new Request.Builder()
                        .url(fixture.server.uri() + "/block")
                        .build());
                calls.add(call);
                call.enqueue(new Ignored());
            }
            Awaitility.await("both loops to be blocked").until(() -> blocked.get() == 2);
            Awaitility.await("more than the silence limit")
                    .during(Duration.ofMillis(1500))
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
