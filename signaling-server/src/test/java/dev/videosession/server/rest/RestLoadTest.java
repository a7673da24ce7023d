package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RestLoadTest {
    private static final Logger LOG = LoggerFactory.getLogger(RestLoadTest.class);
    private static final int CLIENTS = 50;
    private static final int SIGNALS = 800;
    private static final int PER_SECOND = 200;

    @Test
    void everySignalReachesEveryClientInOrder() throws Exception {
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        // the clients say nothing, and a busy machine may need longer for all signals than silence is allowed to last
        Timings longTimeouts = new Timings(3_000, 120_000, 0);
        try (ServerFixture fixture = new ServerFixture(builder -> builder.timings(longTimeouts))) {
            RestClient rest = new RestClient(fixture);
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(fixture.join(Role.SUBSCRIBER));
            }
            long[] micros = new long[SIGNALS];
            AtomicInteger sent = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(SIGNALS);
            long start = System.nanoTime();
            pace.scheduleAtFixedRate(
                    () -> {
                        int number = sent.getAndIncrement();
                        if (number >= SIGNALS) {
                            return;
                        }
                        long begin = System.nanoTime();
                        try {
                            String body = "{\"type\":\"n\",\"data\":\"" + number + "\"}";
                            if (rest.call("POST", rest.path("/signal"), body).status() == 204) {
                                accepted.incrementAndGet();
                            }
                        } catch (Exception e) {
                            LOG.error("event=callFailed", e);
                        }
                        micros[number] = (System.nanoTime() - begin) / 1000;
                        done.countDown();
                    },
                    0,
                    1_000_000 / PER_SECOND,
                    TimeUnit.MICROSECONDS);
            assertThat(done.await(40, TimeUnit.SECONDS)).isTrue();
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(accepted).hasValue(SIGNALS);
            for (TestClient client : clients) {
                for (int i = 0; i < SIGNALS; i++) {
                    assertThat(client.await(SequencedEvent.Signal.class).data()).isEqualTo(Integer.toString(i));
                }
            }
            Arrays.sort(micros);
            LOG.info(
                    "event=restLoad calls={} perSecond={} medianMicros={} p99Micros={}",
                    SIGNALS,
                    Math.round(SIGNALS / seconds),
                    micros[SIGNALS / 2],
                    micros[SIGNALS * 99 / 100]);
        } finally {
            pace.shutdownNow();
        }
    }
}
