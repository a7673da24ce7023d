package dev.videosession.session.internal.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OkHttpConnectorTest {
    private static final String TEXT = "a long message";

    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Integer> readsBeforeText = new CompletableFuture<>();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private final WebSocketConnector.Events events = new WebSocketConnector.Events() {
        @Override
        public void onReached() {
            reached.incrementAndGet();
        }

        @Override
        public void onBytes() {
            reads.incrementAndGet();
        }

        @Override
        public void onOpen() {
            reads.set(0);
            opened.complete(null);
        }

        @Override
        public void onText(String message) {
            readsBeforeText.complete(reads.get());
            text.complete(message);
        }

        @Override
        public void onClosed(int code, String reason) {}

        @Override
        public void onFailure(Throwable cause, int httpStatus) {
            failure.complete(cause);
        }
    };

    /** Answers the upgrade and writes a text message byte by byte, each when the one before has been read. */
    private void drip(ServerSocket listener) throws Exception {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            String key = head.toString().replaceFirst("(?is).*sec-websocket-key: *([^\r]+)\r.*", "$1");
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            OutputStream out = socket.getOutputStream();
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            opened.get(10, TimeUnit.SECONDS);
            out.write(0x81);
            out.write(TEXT.length());
            for (byte each : TEXT.getBytes(StandardCharsets.US_ASCII)) {
                int before = reads.get();
                out.write(each);
                out.flush();
                Awaitility.await("the byte to be read")
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> reads.get() != before);
            }
            text.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void bytesAreHeardBeforeTheirMessageIsComplete() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> {
                try {
                    drip(listener);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            WebSocketConnector.Socket socket =
                    new OkHttpConnector().open(URI.create("http://127.0.0.1:" + listener.getLocalPort()), events);
            assertThat(text.get(20, TimeUnit.SECONDS)).isEqualTo(TEXT);
            assertThat(readsBeforeText.get()).isGreaterThan(TEXT.length() / 2);
            assertThat(reached).hasPositiveValue();
            server.get(10, TimeUnit.SECONDS);
            socket.abort();
        }
    }

    @Test
    void machineThatTakesNothingIsNotReached() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        new OkHttpConnector().open(URI.create("http://127.0.0.1:" + port), events);
        assertThat(failure.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(reached).hasValue(0);
    }

    @Test
    void machineThatTakesTheSocketAndSaysNothingIsReached() throws Exception {
        try (ServerSocket suspended = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            WebSocketConnector.Socket socket = new OkHttpConnector(new OkHttpClient())
                    .open(URI.create("http://127.0.0.1:" + suspended.getLocalPort()), events);
            suspended.accept();
            Awaitility.await("the server to be reached").until(() -> reached.get() > 0);
            socket.abort();
        }
    }
}
