package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.Bystanders;
import dev.videosession.server.fixture.EscapeTrap;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.testsupport.JavaPrograms;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten thousand come, say nothing or half a word, and stay. */
@Timeout(120)
class UnauthenticatedCrowdTest {
    private static final Logger LOG = LoggerFactory.getLogger(UnauthenticatedCrowdTest.class);
    /** Fewer than the system lets wait for the server to accept them; it drops further clients, which try again later. */
    private static final int BATCH = 303;

    private static final long BYTES_PER_SOCKET = 32 * 1024;

    /** Unauthenticated sockets in another process. */
    private static final class UnauthenticatedSockets implements AutoCloseable {
        private final Process process;
        private final PrintWriter commands;
        private final BufferedReader answers;

        UnauthenticatedSockets(SignalingServer server) throws IOException {
            process = new ProcessBuilder(JavaPrograms.java(
                            "-Xmx256m", UnauthenticatedProcess.class.getName(), Integer.toString(server.port())))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        String ask(String command) throws IOException {
            commands.println(command);
            return answers.readLine();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static void awaitSockets(ServerFixture fixture, int count) {
        Awaitility.await("sockets")
                .atMost(Duration.ofSeconds(30))
                .until(() -> fixture.metric("videosession.sockets") == count);
    }

    @Test
    void hundredsOfSocketsCostLittleAndAreClosedInTime() throws IOException {
        play(BATCH, 6_000);
    }

    @Test
    @Tag("faults")
    void tenThousandSocketsCostLittleAndAreClosedInTime() throws IOException {
        play(11 * BATCH, 20_000);
    }

    /** As many of each of the three kinds. */
    private static void play(int each, long deadlineMillis) throws IOException {
        ServerLimits limits = ServerLimits.builder()
                .sockets(3 * each + 100)
                .unauthenticatedSockets(3 * each)
                .unauthenticatedSocketsPerAddress(3 * each)
                .build();
        Bystanders.rehearse();
        try (ServerFixture fixture = new ServerFixture(builder -> builder.limits(limits)
                        .handshakeTimeoutMillis(deadlineMillis)
                        .timings(new Timings(3000, 60_000, 0)));
                Bystanders bystanders = new Bystanders(fixture);
                UnauthenticatedSockets unauthenticated = new UnauthenticatedSockets(fixture.server)) {
            Awaitility.await("talk").until(() -> bystanders.words() >= 100);
            Bystanders.Latency quiet = bystanders.latency();
            long start = System.nanoTime();
            int there = 2;
            for (String kind : new String[] {"idle", "half", "upgraded"}) {
                long heap = EscapeTrap.heap();
                long direct = direct();
                for (int batch = 0; batch < each / BATCH; batch++) {
                    assertThat(unauthenticated.ask(kind + " " + BATCH + " 50")).startsWith("open ");
                    there += BATCH;
                    awaitSockets(fixture, there);
                }
                long heapEach = (EscapeTrap.heap() - heap) / each;
                long directEach = (direct() - direct) / each;
                LOG.info(
                        "event=unauthenticated kind={} count={} heapEach={} directEach={}",
                        kind,
                        each,
                        heapEach,
                        directEach);
                assertThat(heapEach + directEach).as(kind).isLessThan(BYTES_PER_SOCKET);
            }
            int wordsMeanwhile = bystanders.words();
            Bystanders.Latency crowded = bystanders.latency();
            String ends = unauthenticated.ask("wait");
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            LOG.info(
                    "event=unauthenticatedGone ends={} millis={} quiet={} crowded={} words={} leaving={}",
                    ends,
                    millis,
                    quiet,
                    crowded,
                    wordsMeanwhile,
                    bystanders.latency());
            assertThat(ends).isEqualTo("{half=408=" + each + ", idle=closed=" + each + ", upgraded=4011=" + each + "}");
            awaitSockets(fixture, 2);
            bystanders.assertUnharmed();
            assertThat(crowded.medianMicros()).as("a word to a bystander").isLessThan(500_000);
        }
    }

    @Test
    void limitsHoldForEachAddressAndForAllTogether() throws IOException {
        try (ServerFixture fixture = new ServerFixture(
                        builder -> builder.handshakeTimeoutMillis(3000).timings(new Timings(3000, 60_000, 0)));
                Bystanders bystanders = new Bystanders(fixture);
                UnauthenticatedSockets unauthenticated = new UnauthenticatedSockets(fixture.server)) {
            unauthenticated.ask("idle 1000 1");
            awaitEvictions(fixture, "unauthenticatedSocketsPerAddress", 800);
            fixture.join(Role.PUBLISHER).expectNothing();
            unauthenticated.ask("idle 3000 20");
            awaitEvictions(fixture, "unauthenticatedSockets", 1);
            fixture.join(Role.PUBLISHER).expectNothing();
            assertThat(fixture.metric("videosession.sockets")).isLessThanOrEqualTo(2004);
            assertThat(unauthenticated.ask("wait")).isEqualTo("{idle=closed=4000}");
            fixture.join(Role.PUBLISHER);
            bystanders.assertUnharmed();
        }
    }

    private static void awaitEvictions(ServerFixture fixture, String limit, int count) {
        Awaitility.await("evictions")
                .ignoreExceptions() // no such meter before the first
                .untilAsserted(() -> assertThat(fixture.metric("videosession.sockets.evicted", "limit", limit))
                        .isGreaterThanOrEqualTo(count));
    }
}
