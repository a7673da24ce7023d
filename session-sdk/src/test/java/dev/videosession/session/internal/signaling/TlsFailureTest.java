package dev.videosession.session.internal.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.TlsVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS that fails between the real client and a real TLS server, and the message for the user. */
class TlsFailureTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    /** An authority, and a certificate that it has issued for a host. */
    private KeyStore certificate(String host, String... options) throws Exception {
        keytool("-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c");
        List<String> server = new ArrayList<>(
                List.of("-alias", "server", "-dname", "CN=test", "-ext", "san=" + host, "-signer", "authority"));
        server.addAll(Arrays.asList(options));
        keytool(server.toArray(String[]::new));
        return KeyStore.getInstance(store().toFile(), PASSWORD);
    }

    private Path store() {
        return directory.resolve("keys.p12");
    }

    private void keytool(String... options) throws Exception {
        List<String> command = JavaPrograms.tool(
                "keytool",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store().toString(),
                "-storepass",
                new String(PASSWORD));
        command.addAll(Arrays.asList(options));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static OkHttpClient trusting(KeyStore keys) throws Exception {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry("authority", keys.getCertificate("authority"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), (X509TrustManager) factory.getTrustManagers()[0])
                .build();
    }

    private static SSLServerSocket listen(KeyStore keys, String... protocols) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.deleteEntry("authority"); // else the listener may choose it
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        if (protocols.length > 0) {
            listener.setEnabledProtocols(protocols);
        }
        return listener;
    }

    /** How a client's attempt ends at a server that reads a line and answers nothing. */
    private static ChannelCloseReason end(ServerSocket listener, OkHttpClient client, String scheme) throws Exception {
        CompletableFuture<ChannelCloseReason> end = new CompletableFuture<>();
        CompletableFuture<Void> server = CompletableFuture.runAsync(() -> {
            while (!end.isDone()) {
                try (Socket socket = listener.accept()) {
                    if (!(listener instanceof SSLServerSocket)) {
                        socket.getOutputStream().write("SSH-2.0-test\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    socket.getInputStream().read();
                } catch (IOException e) {
                    // the client's next attempt, if there is any, comes over another socket
                }
            }
        });
        URI uri = URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/v1/signaling");
        new OkHttpConnector(client).open(uri, new WebSocketConnector.Events() {
            @Override
            public void onOpen() {
                end.completeExceptionally(new AssertionError("open"));
            }

            @Override
            public void onText(String text) {}

            @Override
            public void onClosed(int code, String reason) {
                end.complete(ChannelCloseReason.closed(code, reason));
            }

            @Override
            public void onFailure(Throwable cause, int httpStatus) {
                end.complete(ChannelCloseReason.failed(cause, httpStatus));
            }
        });
        try {
            return end.get(30, TimeUnit.SECONDS);
        } finally {
            listener.close();
            server.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void untrustedCertificate() throws Exception {
        ChannelCloseReason end = end(listen(certificate("ip:127.0.0.1")), new OkHttpClient(), "https");
        assertThat(end.description()).contains("certificate is not trusted").contains("javax.net.ssl.trustStore");
        assertThat(end.retry()).isFalse();
    }

    @Test
    void certificateOfAnotherHost() throws Exception {
        KeyStore keys = certificate("dns:video.example");
        OkHttpClient client = trusting(keys);
        ChannelCloseReason end = end(listen(keys), client, "https");
        assertThat(end.description())
                .contains("not valid for the host 127.0.0.1, but for video.example")
                .doesNotContain("\n");
        assertThat(end.retry()).isFalse();
    }

    @Test
    void expiredCertificate() throws Exception {
        KeyStore keys = certificate("ip:127.0.0.1", "-startdate", "-30d", "-validity", "10");
        OkHttpClient client = trusting(keys);
        ChannelCloseReason end = end(listen(keys), client, "https");
        assertThat(end.description()).contains("certificate has expired").contains("Renew it");
        assertThat(end.retry()).isFalse();
    }

    @Test
    void certificateOfTheFuture() throws Exception {
        KeyStore keys = certificate("ip:127.0.0.1", "-startdate", "+5d");
        OkHttpClient client = trusting(keys);
        ChannelCloseReason end = end(listen(keys), client, "https");
        assertThat(end.description()).contains("not valid yet").contains("Check the clocks");
        assertThat(end.retry()).isFalse();
    }

    @Test
    void noProtocolInCommon() throws Exception {
        KeyStore keys = certificate("ip:127.0.0.1");
        OkHttpClient old = trusting(keys)
                .newBuilder()
                .connectionSpecs(List.of(new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                        .tlsVersions(TlsVersion.TLS_1_2)
                        .build()))
                .build();
        ChannelCloseReason end = end(listen(keys, "TLSv1.3"), old, "https");
        assertThat(end.description()).contains("no TLS version or cipher suite in common");
        assertThat(end.retry()).isFalse();
    }

    @Test
    void serverWithoutTls() throws Exception {
        ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ChannelCloseReason end = end(plain, new OkHttpClient(), "https");
        assertThat(end.description()).contains("does not use TLS at this port").contains("ws://");
        assertThat(end.retry()).isFalse();
    }

    @Test
    void serverWithTlsAskedWithoutIt() throws Exception {
        ChannelCloseReason end = end(listen(certificate("ip:127.0.0.1")), new OkHttpClient(), "http");
        assertThat(end.description()).contains("https:// or wss://");
    }

    @Test
    void otherProtocol() throws Exception {
        ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ChannelCloseReason end = end(plain, new OkHttpClient(), "http");
        assertThat(end.description()).contains("not an HTTP server").contains("https:// or wss://");
        assertThat(end.retry()).isFalse();
    }
}
