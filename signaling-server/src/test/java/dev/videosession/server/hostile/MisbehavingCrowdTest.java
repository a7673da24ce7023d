package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.Bystanders;
import dev.videosession.server.fixture.EscapeTrap;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many connected clients that do not read, do not write, or write too much: each is closed with its close code. */
class MisbehavingCrowdTest {
    private static final Logger LOG = LoggerFactory.getLogger(MisbehavingCrowdTest.class);
    private static final int COUNT = 50;
    private static final int OUTBOX = 1024 * 1024;

    private final List<RawSocket> crowd = new ArrayList<>();
    private ServerFixture fixture;
    private Bystanders bystanders;
    private Bystanders.Latency quiet;

    @BeforeEach
    void serverWithBystanders() {
        Bystanders.rehearse();
        ServerLimits limits =
                ServerLimits.builder().outbox(256, OUTBOX).messageRate(100, 300).build();
        fixture = new ServerFixture(builder -> builder.limits(limits).timings(new Timings(500, 4000, 0)));
        bystanders = new Bystanders(fixture);
        Awaitility.await("talk").until(() -> bystanders.words() >= 50);
        quiet = bystanders.latency();
    }

    @AfterEach
    void otherClientsAreNotAffected() throws IOException {
        try (ServerFixture server = fixture;
                Bystanders others = bystanders) {
            for (RawSocket socket : crowd) {
                socket.close();
            }
            Bystanders.Latency busy = others.latency();
            LOG.info("event=bystanders quiet={} busy={}", quiet, busy);
            assertThat(busy.medianMicros()).as("a word to a bystander").isLessThan(500_000);
            others.assertUnharmed();
            assertThat(server.metric("videosession.refusals", "code", "INTERNAL_ERROR"))
                    .isZero();
        }
    }

    private void gather() throws IOException {
        gather(4096);
    }

    private void gather(int receiveBuffer) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            RawSocket socket = new RawSocket(fixture.server.address(), receiveBuffer).upgrade();
            socket.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, true));
            crowd.add(socket);
        }
        Awaitility.await("all clients are connected")
                .until(() -> fixture.metric("videosession.connections") == COUNT + 2);
    }

    private void awaitEnd(String detail) {
        Awaitility.await("departures")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(fixture.metric("videosession.disconnects", "detail", detail))
                        .isEqualTo(COUNT));
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
                + ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                        .metric()
                        .usedDirectMemory();
    }

    /** What waits for fifty of them is held once, not fifty times. */
    @Test
    void thoseWhoDoNotReadAreClosedWith4020AndShareTheMemoryThatTheyHold() throws IOException {
        gather();
        TestClient reader = fixture.open();
        reader.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, true));
        reader.expect(ServerMessage.Connected.class);
        String data = "x".repeat(8000);
        long before = direct();
        long most = 0;
        for (int sent = 0; fixture.metric("videosession.outbox.overflows") < COUNT && sent < 5000; sent++) {
            fixture.server.control().signal(fixture.session, null, "big", data).join();
            assertThat(reader.expect(SequencedEvent.Signal.class).data()).hasSize(8000);
            most = Math.max(most, direct() - before);
            if (sent % 50 == 0) {
                reader.send(new Heartbeat());
            }
        }
        LOG.info("event=slowReaders count={} directBytes={}", COUNT, most);
        assertThat(fixture.metric("videosession.outbox.overflows")).isEqualTo(COUNT);
        assertThat(crowd.get(COUNT - 1).readCloseCode()).isEqualTo(CloseCode.SLOW_CONSUMER.code());
        // seen: 1.3 MB in a new process, 24 MB in one that had run other tests; with a copy for each client 53 MB
        assertThat(most).isLessThan(COUNT * OUTBOX * 3L / 4);
        awaitEnd("slow-consumer");
    }

    /** A half-open socket: the other end has ended without closing it. */
    @Test
    void thoseWhoFallSilentAreClosedWith4021() throws IOException {
        gather();
        for (RawSocket socket : crowd) {
            assertThat(socket.readCloseCode()).isEqualTo(CloseCode.SILENT.code());
        }
        awaitEnd("silent");
    }

    @Test
    void thoseWhoFloodAreClosedWith4013() throws Exception {
        gather(256 * 1024); // what they read are thousands of refusals
        byte[] request = "{\"type\":\"disableForceMute\",\"id\":7}".getBytes(StandardCharsets.UTF_8);
        long heap = EscapeTrap.heap();
        ExecutorService pool = Executors.newFixedThreadPool(2 * COUNT);
        try {
            List<Future<Integer>> codes = new ArrayList<>();
            for (RawSocket socket : crowd) {
                codes.add(pool.submit(() -> socket.readCloseCode()));
            }
            for (RawSocket socket : crowd) {
                pool.submit(() -> flood(socket, request));
            }
            for (Future<Integer> code : codes) {
                assertThat(code.get()).isEqualTo(CloseCode.FLOOD.code());
            }
        } finally {
            pool.shutdownNow();
        }
        awaitEnd("protocol-error");
        long growth = EscapeTrap.heap() - heap;
        LOG.info("event=floods count={} heapBytes={}", COUNT, growth);
        assertThat(growth).isLessThan(16L * 1024 * 1024);
    }

    private static Object flood(RawSocket socket, byte[] request) throws IOException {
        try {
            for (int i = 0; i < 8000; i++) {
                socket.sendFrame(0x81, request);
            }
        } catch (SocketException e) {
            LOG.trace("closed, as it should be", e);
        }
        return socket;
    }
}
