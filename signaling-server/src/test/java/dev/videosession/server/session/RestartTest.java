package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.ReturningCrowd;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server dies and comes back with nothing in its memory, and so do the thousand clients that it had. */
class RestartTest {
    private static final Logger LOG = LoggerFactory.getLogger(RestartTest.class);
    private static final int CLIENTS = 1000;
    private static final TokenIssuer ISSUER = new TokenIssuer(ServerFixture.PROJECT);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The target is 10 s on a quiet machine of two cores; a busy one gets more. */
    private static final long LIMIT_MILLIS = 20_000;

    private static SignalingServer start(int port) throws IOException {
        return SignalingServer.builder()
                .project(ServerFixture.PROJECT)
                .port(port)
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1})
    void everyClientIsConnectedAgainWithinSeconds(int sessionCount) throws IOException {
        List<SessionId> sessions = IntStream.range(0, sessionCount)
                .mapToObj(i -> ServerFixture.newSession())
                .toList();
        SignalingServer first = start(0);
        try (ReturningCrowd crowd = new ReturningCrowd(
                first, CLIENTS, i -> sessions.get(i % sessionCount), session -> ISSUER.jwt(new ClientToken(session)))) {
            awaitEveryClient(crowd, sessionCount);
            crowd.breakSockets();
            first.close();
            OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = process.getProcessCpuTime();
            crowd.release();
            try (SignalingServer second = start(first.port())) {
                long start = System.nanoTime();
                awaitEveryClient(crowd, sessionCount);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                LOG.info(
                        "event=restart clients={} sessions={} millis={} cpuMillis={} refusedSockets={} refusals={} closes={}",
                        CLIENTS,
                        sessionCount,
                        millis,
                        TimeUnit.NANOSECONDS.toMillis(process.getProcessCpuTime() - cpu),
                        crowd.refusedSockets,
                        crowd.refusals,
                        crowd.closes);
                assertThat(millis).isLessThan(LIMIT_MILLIS);
                assertThat(crowd.refusals)
                        .as("all clients tried to resume first")
                        .containsEntry(ErrorCode.UNKNOWN_RESUME.errorName(), CLIENTS);
                assertThat(second.control().sessions()).hasSize(sessionCount);
                crowd.breakSockets();
            }
        } finally {
            first.close();
        }
    }

    /** Each session's members know of each other: those who came later are in an event, those before in the roster. */
    private static void awaitEveryClient(ReturningCrowd crowd, int sessionCount) {
        long perSession = CLIENTS / sessionCount;
        long arrivals = sessionCount * perSession * (perSession - 1) / 2;
        Awaitility.await("all clients are connected")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> crowd.entered.get() == CLIENTS && crowd.arrivals.get() == arrivals);
    }
}
