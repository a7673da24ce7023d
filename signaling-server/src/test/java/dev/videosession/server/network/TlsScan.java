package dev.videosession.server.network;

import dev.videosession.server.SignalingServer;
import dev.videosession.server.fixture.ServerFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Starts a server and tries every protocol and cipher suite of this Java, one by one, and prints those with which a
 * handshake succeeds. Runs in a process of its own, in which Java itself disables none of them.
 */
final class TlsScan {
    private TlsScan() {}

    /** Trusts every certificate, because the test is about protocols and ciphers. */
    private static final class Trust implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String[] arguments) throws Exception {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        Security.setProperty("jdk.tls.legacyAlgorithms", "");
        Security.setProperty("jdk.certpath.disabledAlgorithms", "");
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[] {new Trust()}, null);
        try (SignalingServer server = SignalingServer.builder()
                .project(ServerFixture.PROJECT)
                .tls(Path.of(arguments[0]), Path.of(arguments[1]))
                .start()) {
            int tried = 0;
            for (String protocol : List.of("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")) {
                for (String suite : client.getSupportedSSLParameters().getCipherSuites()) {
                    tried++;
                    if (succeeds(client, server.port(), protocol, suite)) {
                        System.out.println(protocol + " " + suite);
                    }
                }
            }
            System.out.println("tried " + tried);
        }
        System.exit(0);
    }

    private static boolean succeeds(SSLContext client, int port, String protocol, String suite) {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
