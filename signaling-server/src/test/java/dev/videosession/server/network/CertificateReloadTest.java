package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.tls.TestCertificates;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Certificates are replaced while clients are connected. */
class CertificateReloadTest {
    private static final int CLIENTS = 100;

    @TempDir
    private static Path keys;

    private static TestCertificates certificates;

    @TempDir
    private Path directory;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Path chain;
    private Path key;
    private OkHttpClient http;
    private SSLContext trust;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(keys)
                .make("old", "-keyalg", "RSA", "-validity", "90")
                .make("new", "-keyalg", "EC", "-validity", "13")
                .make("ended", "-keyalg", "EC", "-startdate", "-3d", "-validity", "2");
    }

    @BeforeEach
    void prepare() throws Exception {
        chain = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        use("old");
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates.trusting("old", "new", "ended"));
        trust = SSLContext.getInstance("TLS");
        trust.init(null, factory.getTrustManagers(), null);
        http = new OkHttpClient.Builder()
                .sslSocketFactory(trust.getSocketFactory(), (X509TrustManager) factory.getTrustManagers()[0])
                .build();
        http.dispatcher().setMaxRequests(2 * CLIENTS);
        http.dispatcher().setMaxRequestsPerHost(2 * CLIENTS);
        Logger logger = (Logger) LoggerFactory.getLogger("dev.videosession.server");
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void clean() {
        ((Logger) LoggerFactory.getLogger("dev.videosession.server")).detachAppender(log);
        http.dispatcher().executorService().shutdownNow();
        http.connectionPool().evictAll();
    }

    private void use(String alias) throws Exception {
        replace(key, certificates.key(alias));
        replace(chain, certificates.chain(alias));
    }

    private void replace(Path file, String text) throws IOException {
        Path draft = Files.writeString(directory.resolve("draft"), text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private SignalingServer start() throws IOException {
        return SignalingServer.builder()
                .project(ServerFixture.PROJECT)
                .tls(chain, key)
                .timings(new Timings(30_000, 60_000, 12_000)) // these clients send no heartbeats
                .start();
    }

    private String shownBy(SignalingServer server) throws IOException {
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private static double gauge(SignalingServer server) {
        return server.meters()
                .get("videosession.tls.certificate.expiry")
                .gauge()
                .value();
    }

    private static double reloads(SignalingServer server, String outcome) {
        return server.meters()
                .get("videosession.tls.reloads")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void aNewCertificateIsShownToNewClientsAndDropsNone() throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (SignalingServer server = start()) {
            TokenIssuer issuer = new TokenIssuer(ServerFixture.PROJECT);
            for (int i = 0; i < CLIENTS; i++) {
                SessionId session = ServerFixture.newSession();
                TestClient client = new TestClient(http, server);
                clients.add(client);
                client.connect(session, issuer.jwt(new ClientToken(session).withRole(Role.PUBLISHER)));
            }
            assertThat(shownBy(server)).isEqualTo("CN=old");
            use("new");
            Awaitility.await("the watch sees the new files")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> shownBy(server).equals("CN=new"));
            clients.forEach(TestClient::expectNothing); // each sends a signal and gets it back
            assertThat(clients).allSatisfy(client -> assertThat(client.closed()).isNotDone());
            assertThat(reloads(server, "loaded")).isEqualTo(1);
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    @Test
    void filesThatCannotBeUsedKeepTheOldCertificate() throws Exception {
        try (SignalingServer server = start()) {
            replace(key, certificates.key("new"));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(server::reloadCertificate)
                    .withMessageContaining("the key is not that of the certificate CN=old");
            assertThat(shownBy(server)).isEqualTo("CN=old");
            assertThat(reloads(server, "failed")).isEqualTo(1);
            assertThatExceptionOfType(IOException.class)
                    .as("the same content again")
                    .isThrownBy(server::reloadCertificate);
            replace(chain, certificates.chain("new"));
            assertThat(server.reloadCertificate()).isTrue();
            assertThat(shownBy(server)).isEqualTo("CN=new");
            Files.delete(chain);
            Awaitility.await("the watch misses the file")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> lines().stream()
                            .anyMatch(line -> line.startsWith("event=notReloaded what=certificate")
                                    && line.contains("no such file")));
            assertThat(shownBy(server)).isEqualTo("CN=new");
            assertThat(reloads(server, "failed")).isEqualTo(3);
        }
    }

    @Test
    void aCertificateThatExpiresSoonOrHasExpiredIsAWarningAndAMetric() throws Exception {
        try (SignalingServer server = start()) {
            assertThat(lines()).noneMatch(line -> line.startsWith("event=certificateExpir"));
            assertThat(gauge(server)).isBetween(89 * 86_400.0, 90 * 86_400.0);
            use("new");
            server.reloadCertificate();
            assertThat(lines())
                    .anyMatch(line ->
                            line.startsWith("event=certificateExpiring file=\"" + chain + "\" subject=\"CN=new\"")
                                    && line.endsWith(" days=12"));
            use("ended");
            server.reloadCertificate();
            assertThat(lines()).anyMatch(line -> line.startsWith("event=certificateExpired "));
            assertThat(gauge(server)).isNegative();
        }
    }
}
