package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.Crowd;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thousand clients enter one session at once. */
class JoinStormTest {
    private static final Logger LOG = LoggerFactory.getLogger(JoinStormTest.class);
    private static final int CLIENTS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The target is 3 s on a quiet machine of two cores; a busy one gets more. */
    private static final long LIMIT_MILLIS = 15_000;

    @Test
    void everyClientHasTheFullRosterInReasonableTime() {
        ServerLimits limits = ServerLimits.builder()
                .connectionsPerToken(CLIENTS)
                .unauthenticatedSockets(2 * CLIENTS)
                .unauthenticatedSocketsPerAddress(2 * CLIENTS)
                .build();
        try (ServerFixture fixture = new ServerFixture(builder ->
                builder.limits(limits).handshakeTimeoutMillis(60_000).timings(new Timings(60_000, 120_000, 0)))) {
            for (String machine : new String[] {"cold", "warm"}) {
                try (Crowd crowd = new Crowd(fixture.server)) {
                    assertThat(storm(fixture, crowd, machine)).isLessThan(LIMIT_MILLIS);
                    assertThat(crowd.closed).hasValue(0);
                }
                Awaitility.await("departure")
                        .atMost(LIMIT)
                        .until(() -> fixture.metric("videosession.connections") == 0);
            }
        }
    }

    private static long storm(ServerFixture fixture, Crowd crowd, String machine) {
        crowd.gather(CLIENTS);
        Awaitility.await("open sockets").atMost(LIMIT).until(() -> crowd.open.get() == CLIENTS);
        String connect = TestClient.CODEC.encodeClient(new ClientMessage.Connect(
                1, MessageCodec.PROTOCOL_VERSION, fixture.session, fixture.token(Role.PUBLISHER), "crowd/1", null));
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            crowd.send(i, connect);
        }
        // each gets one answer, and one event for each that comes after it
        long expected = CLIENTS + CLIENTS * (CLIENTS - 1L) / 2;
        Awaitility.await("every client has the whole roster")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> crowd.connected.get() == CLIENTS && crowd.messages.get() >= expected);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        long cpuMillis = TimeUnit.NANOSECONDS.toMillis(process.getProcessCpuTime() - cpu);
        LOG.info(
                "event=joinStorm machine={} clients={} millis={} cpuMillis={} bytes={}",
                machine,
                CLIENTS,
                millis,
                cpuMillis,
                crowd.bytes.get());
        return millis;
    }
}
