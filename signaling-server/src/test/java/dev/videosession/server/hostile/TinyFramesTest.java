package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.Bystanders;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unauthenticated sockets send fragments without content, without end, as fast as they can. */
@Timeout(60)
class TinyFramesTest {
    private static final Logger LOG = LoggerFactory.getLogger(TinyFramesTest.class);
    private static final int SOCKETS = 8;
    private static final int FRAMES_AT_ONCE = 10_000;
    private static final int MOST_WRITES = 2000;

    private static Object flood(SignalingServer server) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < FRAMES_AT_ONCE; i++) {
            frames.writeBytes(RawSocket.frame(0x00, new byte[0]));
        }
        try (RawSocket socket = new RawSocket(server).upgrade()) {
            socket.sendFrame(0x01, new byte[] {'{'});
            try {
                for (int i = 0; i < MOST_WRITES; i++) {
                    socket.writeBytes(frames.toByteArray());
                }
            } catch (SocketException e) {
                LOG.trace("closed, as it should be", e);
            }
            return socket;
        }
    }

    @Test
    void establishedClientsNoticeNothingAndTheFloodEnds() throws Exception {
        Bystanders.rehearse();
        ExecutorService pool = Executors.newFixedThreadPool(SOCKETS);
        try (ServerFixture fixture = new ServerFixture(builder -> builder.timings(new Timings(3000, 60_000, 0)));
                Bystanders bystanders = new Bystanders(fixture)) {
            Awaitility.await("talk").until(() -> bystanders.words() >= 50);
            Bystanders.Latency quiet = bystanders.latency();
            List<Future<?>> floods = new ArrayList<>();
            for (int i = 0; i < SOCKETS; i++) {
                floods.add(pool.submit(() -> flood(fixture.server)));
            }
            Awaitility.await("talk").until(() -> bystanders.words() >= 20);
            for (Future<?> flood : floods) {
                flood.get();
            }
            Bystanders.Latency flooded = bystanders.latency();
            LOG.info("event=tinyFrames quiet={} flooded={}", quiet, flooded);
            assertThat(flooded.p99Micros()).as("signals of established clients").isLessThan(500_000);
            Awaitility.await("unauthenticated sockets are closed")
                    .until(() -> fixture.metric("videosession.sockets") == 2);
            bystanders.assertUnharmed();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void fragmentsWithoutContentAreBounded() throws IOException {
        try (ServerFixture fixture = new ServerFixture();
                RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            frames.writeBytes(RawSocket.frame(0x01, new byte[] {'{'}));
            for (int i = 0; i <= 65_536; i++) {
                frames.writeBytes(RawSocket.frame(0x00, new byte[0]));
            }
            socket.writeBytes(frames.toByteArray());
            assertThat(socket.readCloseCode()).isEqualTo(CloseCode.TOO_BIG.code());
        }
    }
}
