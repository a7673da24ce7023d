package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import dev.videosession.server.SignalingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A client that knows PROTOCOL.md and nothing else: no class of this project but the server itself. */
class UnauthenticatedSocketTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
    private static final String SESSION = "2_"
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            "1~100~~1767225600000~AbCdEfGhIjKlMnOpQrStUvWx~P~".getBytes(StandardCharsets.UTF_8));
    private static final JsonAdapter<Object> JSON = new Moshi.Builder().build().adapter(Object.class);

    private static String token(String role, String data) throws Exception {
        long now = System.currentTimeMillis() / 1000;
        String text =
                "session_id=" + SESSION + "&create_time=" + now + "&nonce=1&role=" + role + "&connection_data=" + data;
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String signature = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        String whole = "partner_id=100&sig=" + signature + ":" + text;
        return "T1==" + Base64.getEncoder().encodeToString(whole.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole client. */
    private static final class SocketClient implements WebSocket.Listener {
        private final BlockingQueue<Map<?, ?>> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;
        private volatile int closeCode;

        SocketClient(URI server) {
            URI endpoint = URI.create(server.toString().replaceFirst("^http", "ws") + "/v1/signaling");
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(endpoint, this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                try {
                    messages.add((Map<?, ?>) Objects.requireNonNull(JSON.fromJson(partial.toString())));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode = code;
            messages.add(Map.of("type", "closed"));
            return null;
        }

        void say(String json) {
            socket.sendText(json, true).join();
        }

        Map<?, ?> next(String type) throws InterruptedException {
            for (Map<?, ?> message; (message = messages.poll(5, TimeUnit.SECONDS)) != null; ) {
                if (message.get("type").equals(type)) {
                    return message;
                }
            }
            throw new AssertionError("no " + type + " came");
        }

        Map<?, ?> connect(String token) throws InterruptedException {
            say("{\"type\":\"connect\",\"id\":1,\"protocol\":1,\"sessionId\":\"" + SESSION + "\",\"token\":\"" + token
                    + "\"}");
            return next("connected");
        }
    }

    @Test
    void clientWrittenFromTheDocumentConnectsSeesTheRosterSignalsAndLeaves() throws Exception {
        try (SignalingServer server =
                SignalingServer.builder().project(100, SECRET).start()) {
            SocketClient first = new SocketClient(server.uri());
            first.connect(token("publisher", "first"));
            first.say("{\"type\":\"publish\",\"id\":2,\"name\":\"cam\",\"hasAudio\":true,\"hasVideo\":true,"
                    + "\"videoType\":\"camera\",\"dimensions\":{\"width\":640,\"height\":360}}");
            first.next("published");

            SocketClient second = new SocketClient(server.uri());
            Map<?, ?> connected = second.connect(token("publisher", "second"));
            Map<?, ?> roster = (Map<?, ?>) connected.get("roster");
            assertThat((List<?>) roster.get("connections"))
                    .extracting(connection -> ((Map<?, ?>) connection).get("data"))
                    .isEqualTo(List.of("first", "second"));
            assertThat((List<?>) roster.get("streams"))
                    .extracting(stream -> ((Map<?, ?>) stream).get("name"))
                    .isEqualTo(List.of("cam"));

            second.say("{\"type\":\"signal\",\"id\":2,\"signalType\":\"chat\",\"data\":\"hello\"}");
            assertThat(second.next("done").get("id")).isEqualTo(2.0);
            assertThat(second.next("signal").get("data")).isEqualTo("hello");
            assertThat(first.next("signal").get("data")).isEqualTo("hello");

            second.say("{\"type\":\"disconnect\"}");
            assertThat(second.next("disconnected").get("reason")).isEqualTo("clientDisconnected");
            second.next("closed");
            assertThat(second.closeCode).isEqualTo(1000);
            Map<?, ?> left = first.next("connectionDestroyed");
            assertThat(left.get("reason")).isEqualTo("clientDisconnected");
            assertThat(left.get("detail")).isEqualTo("left");
            first.socket.abort();
        }
    }
}
