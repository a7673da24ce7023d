package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.tls.TestCertificates;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    Path directory;

    @Test
    void encryptedServerServesWebSockets() throws Exception {
        TestCertificates certificates = new TestCertificates(directory).make("server", "-keyalg", "EC");
        Path chain = Files.writeString(directory.resolve("cert.pem"), certificates.chain("server"));
        Path key = Files.writeString(directory.resolve("key.pem"), certificates.key("server"));
        OkHttpClient http = trusting(certificates.trusting("server"));
        try (SignalingServer server = SignalingServer.builder()
                        .project(ServerFixture.PROJECT)
                        .tls(chain, key)
                        .start();
                TestClient ada = new TestClient(http, server)) {
            assertThat(server.uri().getScheme()).isEqualTo("https");
            SessionId session = ServerFixture.newSession();
            String token =
                    new TokenIssuer(ServerFixture.PROJECT).jwt(new ClientToken(session).withRole(Role.PUBLISHER));
            ada.connect(session, token).publish("cam");
            server.close();
            ada.await(ServerMessage.Draining.class);
        } finally {
            http.dispatcher().executorService().shutdownNow();
            http.connectionPool().evictAll();
        }
    }

    private static OkHttpClient trusting(KeyStore trust) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
        return new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), manager)
                .build();
    }
}
