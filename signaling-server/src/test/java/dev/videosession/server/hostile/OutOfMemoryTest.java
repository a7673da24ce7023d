package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.fixture.ReturningCrowd;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.FreePorts;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server without memory ends at once, and its clients are back when it is started again. */
@Timeout(60)
class OutOfMemoryTest {
    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemoryTest.class);
    private static final int CLIENTS = 20;
    private static final TokenIssuer ISSUER = new TokenIssuer(ServerFixture.PROJECT);

    private final SessionId hungry = ServerFixture.newSession();
    private final OkHttpClient http = new OkHttpClient();
    private InetSocketAddress address;
    private Process process;

    @BeforeEach
    void chooseAddress() throws IOException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }

    /** What a supervisor does. */
    private void start(boolean exits) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JavaPrograms.path("java"), "-XX:TieredStopAtLevel=1", "-Xmx64m", "-XX:MaxDirectMemorySize=32m"));
        if (exits) {
            command.add("-XX:+ExitOnOutOfMemoryError");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MemoryHogProcess.class.getName(),
                Integer.toString(address.getPort()),
                hungry.value()));
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Awaitility.await("server").atMost(Duration.ofSeconds(20)).until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"heap, true", "direct, false"})
    void serverEndsAndClientsComeBack(String kind, boolean exits) throws Exception {
        processEndsAndClientsComeBack(kind, exits);
    }

    @Tag("faults")
    @ParameterizedTest
    @CsvSource({"heap, false", "direct, true", "task, false"})
    void serverEndsWithoutTheOptionAndInTasksToo(String kind, boolean exits) throws Exception {
        processEndsAndClientsComeBack(kind, exits);
    }

    private void processEndsAndClientsComeBack(String kind, boolean exits) throws Exception {
        start(exits);
        SessionId session = ServerFixture.newSession();
        try (ReturningCrowd crowd =
                new ReturningCrowd(address, CLIENTS, i -> session, wanted -> ISSUER.jwt(new ClientToken(wanted)))) {
            awaitEntered(crowd, CLIENTS);
            long start = System.nanoTime();
            provoke(kind);
            assertThat(process.waitFor(5, TimeUnit.SECONDS))
                    .as("the process has ended")
                    .isTrue();
            long endedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(process.exitValue()).isEqualTo(OutOfMemory.EXIT_CODE);
            start(exits);
            awaitEntered(crowd, 2 * CLIENTS);
            LOG.info(
                    "event=outOfMemory kind={} exitOption={} endedMillis={} backMillis={}",
                    kind,
                    exits,
                    endedMillis,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    private void provoke(String kind) throws IOException {
        if (kind.equals("task")) {
            TestClient client = new TestClient(http, URI.create("http://127.0.0.1:" + address.getPort()));
            client.sendConnect(hungry, ISSUER.jwt(new ClientToken(hungry)));
            return;
        }
        Socket socket = new Socket();
        socket.connect(address);
        socket.getOutputStream()
                .write(("GET /" + kind + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void awaitEntered(ReturningCrowd crowd, int count) {
        Awaitility.await("clients").atMost(Duration.ofSeconds(20)).until(() -> crowd.entered.get() >= count);
    }
}
