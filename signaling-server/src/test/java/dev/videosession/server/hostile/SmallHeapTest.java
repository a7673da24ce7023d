package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.Crowd;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.ServerProcess;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server with little memory, a session full of the longest names, and clients that do not read it. */
class SmallHeapTest {
    private static final Logger LOG = LoggerFactory.getLogger(SmallHeapTest.class);
    private static final TokenIssuer ISSUER = new TokenIssuer(ServerFixture.PROJECT);
    private static final String LONGEST = "\u6f22".repeat(990);
    private static final int STREAMS = 3;
    private static final int AT_A_TIME = 50;
    private static final int HEARTBEAT_SIGNALS = 50;
    private static final String HEARTBEAT = TestClient.CODEC.encodeClient(new Heartbeat());
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final OkHttpClient http = new OkHttpClient();

    @Test
    void longNamesAndNonReadersNeitherEndNorStallTheServer() throws Exception {
        play("48m", 40, 8, 100);
    }

    @Test
    @Tag("faults")
    void threeHundredLongNamesAndFortyNonReadersNeitherEndNorStallTheServer() throws Exception {
        play("128m", 300, 40, 400);
    }

    private void play(String heap, int connections, int nonReaders, int signals) throws Exception {
        Path file = directory.resolve("address");
        Process process = new ProcessBuilder(
                        JavaPrograms.path("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx" + heap,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        List<RawSocket> deaf = new ArrayList<>();
        try {
            Awaitility.await("the server").atMost(LIMIT).until(() -> Files.exists(file));
            URI uri = URI.create(Files.readString(file));
            InetSocketAddress address = new InetSocketAddress(uri.getHost(), uri.getPort());
            SessionId session = ServerFixture.newSession();
            try (Crowd crowd = new Crowd(address);
                    Probe probe = new Probe(uri)) {
                for (int i = 0; i < connections; i += AT_A_TIME) {
                    enter(crowd, session, i, Math.min(connections, i + AT_A_TIME));
                }
                for (int i = 0; i < nonReaders; i++) {
                    RawSocket socket = new RawSocket(address).upgrade();
                    deaf.add(socket);
                    socket.send(connect(session, "deaf " + i));
                }
                TestClient speaker = new TestClient(http, uri);
                speaker.send(connect(session, "speaker"));
                speaker.await(ServerMessage.Connected.class);
                for (int i = 0; i < signals; i++) {
                    if (i % HEARTBEAT_SIGNALS == 0) {
                        crowd.sendAll(HEARTBEAT);
                    }
                    speaker.send(new ClientMessage.Signal(i + 2, "long", "x".repeat(8000), null));
                    ServerMessage.Reply reply = speaker.await(ServerMessage.Reply.class);
                    if (reply instanceof ServerMessage.Failed refused) {
                        TimeUnit.MILLISECONDS.sleep(refused.retryAfterMillis());
                    }
                }
                speaker.close();
                assertThat(process.isAlive()).as("the server").isTrue();
                assertThat(crowd.closed).as("readers that were closed").hasValue(0);
                Probe.Times times = probe.times();
                LOG.info(
                        "event=smallHeap heap={} connections={} nonReaders={} probes={} medianMicros={} maxMicros={} bytes={}",
                        heap,
                        connections,
                        nonReaders,
                        times.count(),
                        times.median(),
                        times.max(),
                        crowd.bytes.get());
                assertThat(times.count()).isPositive();
                assertThat(times.median()).as("a word in another session").isLessThan(500_000);
                assertThat(times.max()).as("the slowest word").isLessThan(8_000_000);
            }
        } finally {
            for (RawSocket socket : deaf) {
                socket.close();
            }
            process.destroyForcibly().waitFor();
            http.dispatcher().executorService().shutdownNow();
            http.connectionPool().evictAll();
        }
    }

    private static ClientMessage.Connect connect(SessionId session, String data) {
        String token =
                ISSUER.jwt(new ClientToken(session).withRole(Role.PUBLISHER).withData(data));
        return new ClientMessage.Connect(1, MessageCodec.PROTOCOL_VERSION, session, token, "small/1", null);
    }

    private static void enter(Crowd crowd, SessionId session, int from, int to) {
        crowd.gather(to - from);
        Awaitility.await("open sockets").atMost(LIMIT).until(() -> crowd.open.get() == to);
        for (int i = from; i < to; i++) {
            crowd.send(i, TestClient.CODEC.encodeClient(connect(session, i + LONGEST)));
        }
        Awaitility.await("all clients are connected").atMost(LIMIT).until(() -> crowd.connected.get() == to);
        crowd.sendAll(HEARTBEAT);
        for (int i = from; i < to; i++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                crowd.send(
                        i,
                        TestClient.CODEC.encodeClient(
                                new ClientMessage.Publish(stream + 2, LONGEST, true, true, null, null)));
            }
        }
    }

    /** Two clients in a session of their own. */
    private static final class Probe implements AutoCloseable {
        private final OkHttpClient http = new OkHttpClient();
        private final TestClient client;
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());
        private final Thread thread = new Thread(this::run, "probe");
        private volatile Throwable failure;

        record Times(int count, long median, long max) {}

        Probe(URI server) {
            client = new TestClient(http, server);
            SessionId session = ServerFixture.newSession();
            client.connect(session, ISSUER.jwt(new ClientToken(session).withRole(Role.PUBLISHER)));
            thread.start();
        }

        private void run() {
            try {
                while (!over.get()) {
                    long start = System.nanoTime();
                    client.send(new ClientMessage.Signal(client.nextId(), "probe", null, client.id()));
                    client.await(ServerMessage.DirectSignal.class);
                    micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            } catch (Throwable e) {
                failure = e;
            }
        }

        Times times() {
            assertThat(failure).as("the probe").isNull();
            List<Long> sorted = new ArrayList<>(micros);
            Collections.sort(sorted);
            return new Times(sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
        }

        @Override
        public void close() throws IOException {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            client.close();
            http.dispatcher().executorService().shutdownNow();
            http.connectionPool().evictAll();
        }
    }
}
