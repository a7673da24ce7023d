package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 6455 asks of a server, over real sockets. */
class WebSocketRulesTest {
    private static final int TEXT = 0x81;
    private static final int FIRST_TEXT = 0x01;
    private static final int MORE = 0x00;
    private static final int LAST = 0x80;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;

    private static ServerFixture fixture;

    @BeforeAll
    static void startServer() {
        fixture = new ServerFixture(builder -> builder.timings(new Timings(3000, 60_000, 0)));
    }

    @AfterAll
    static void stopServer() {
        fixture.close();
    }

    private static String upgradeWith(String what, String replacement) {
        assertThat(RawSocket.UPGRADE).contains(what);
        return RawSocket.UPGRADE.replace(what, replacement);
    }

    private static int statusOf(String handshake) throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server)) {
            socket.write(handshake);
            String reply = socket.readAll();
            assertThat(reply).startsWith("HTTP/1.1 ").contains("{\"code\":");
            return Integer.parseInt(reply.substring(9, 12));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sec-WebSocket-Key: \r\n",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA\r\n",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAA=\r\n",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA\r\n",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA*A==\r\n",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            })
    void keyIsSixteenBytesInBase64(String header) throws IOException {
        assertThat(statusOf(upgradeWith("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", header)))
                .isEqualTo(400);
    }

    @Test
    void handshakeIsHttp11WithHostAndWithoutBody() throws IOException {
        assertThat(statusOf(upgradeWith("HTTP/1.1", "HTTP/1.0"))).isEqualTo(400);
        assertThat(statusOf(upgradeWith("Host: x\r\n", ""))).isEqualTo(400);
        assertThat(statusOf(upgradeWith("Host: x", "Host: "))).isEqualTo(400);
        assertThat(statusOf(upgradeWith("Connection: Upgrade", "Connection: close")))
                .isEqualTo(400);
        assertThat(statusOf(upgradeWith("Host: x", "Host: x\r\nContent-Length: 2") + "{}"))
                .isEqualTo(400);
        assertThat(statusOf(upgradeWith("Version: 13", "Version: 8"))).isEqualTo(426);
        try (RawSocket socket = new RawSocket(fixture.server)) {
            socket.write(upgradeWith("Connection: Upgrade", "Connection: keep-alive, upgrade")
                    .replace("GET /", "GET http://x/"));
            assertThat(socket.readLine()).startsWith("HTTP/1.1 101");
        }
    }

    private static int closeCodeAfter(int first, byte... payload) throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            socket.sendFrame(first, payload);
            return socket.readCloseCode();
        }
    }

    @Test
    void textThatIsNoUtf8ClosesWith1007() throws IOException {
        List<byte[]> broken = List.of(
                new byte[] {(byte) 0xC3, 0x28}, // no continuation
                new byte[] {(byte) 0xC0, (byte) 0xAF}, // overlong
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
                new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // above U+10FFFF
                new byte[] {'{', (byte) 0xE2, (byte) 0x82}, // cut off
                new byte[] {(byte) 0xFF});
        for (byte[] text : broken) {
            assertThat(closeCodeAfter(TEXT, text)).as(Arrays.toString(text)).isEqualTo(1007);
        }
        byte[] reason = {0x03, (byte) 0xE8, (byte) 0xC3, 0x28};
        assertThat(closeCodeAfter(CLOSE, reason)).isEqualTo(1007);
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            socket.sendFrame(FIRST_TEXT, new byte[] {'"', (byte) 0xC3});
            socket.sendFrame(LAST, new byte[] {(byte) 0xC3});
            assertThat(socket.readCloseCode()).isEqualTo(1007);
        }
    }

    @Test
    void charactersMayBeCutBetweenFragments() throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            socket.sendFrame(FIRST_TEXT, new byte[] {'"', (byte) 0xC3});
            socket.sendFrame(LAST, new byte[] {(byte) 0xA4, '"'});
            assertThat(socket.readText()).contains("\"error\"");
        }
    }

    private static byte[] status(int code) {
        return ByteBuffer.allocate(2).putShort((short) code).array();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void closeCodesAreEchoed(int code) throws IOException {
        assertThat(closeCodeAfter(CLOSE, status(code))).isEqualTo(code);
    }

    @Test
    void closeWithoutCodeIsAnsweredWithoutCode() throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            socket.sendFrame(CLOSE, new byte[0]);
            assertThat(socket.readAll()).isEqualTo("\u0088\u0000");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_767, 65_535})
    void closeCodesThatNoFrameMayHaveAreAnsweredWith1002(int code) throws IOException {
        assertThat(closeCodeAfter(CLOSE, status(code))).isEqualTo(1002);
    }

    @Test
    void brokenCloseFramesAreAnsweredWith1002() throws IOException {
        assertThat(closeCodeAfter(CLOSE, (byte) 3)).isEqualTo(1002);
        assertThat(closeCodeAfter(CLOSE, Arrays.copyOf(status(1000), 126))).isEqualTo(1002);
        assertThat(closeCodeAfter(0x08, status(1000))).isEqualTo(1002);
    }

    private static byte[] connect() {
        ClientMessage.Connect message =
                new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), "x".repeat(100), null);
        return TestClient.CODEC.encodeClient(message).getBytes(StandardCharsets.UTF_8);
    }

    private static void sendInFragments(RawSocket socket, byte[] message, int length, byte[] between)
            throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += length) {
            boolean last = at + length >= message.length;
            byte[] part = Arrays.copyOfRange(message, at, Math.min(message.length, at + length));
            frames.writeBytes(RawSocket.frame((at == 0 ? FIRST_TEXT : MORE) | (last ? LAST : 0), part));
            if (!last) {
                frames.writeBytes(between);
            }
        }
        socket.writeBytes(frames.toByteArray());
    }

    @Test
    void messageMayComeInAnyNumberOfFragments() throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            sendInFragments(socket, connect(), 1, RawSocket.frame(MORE, new byte[0]));
            assertThat(socket.readText()).contains("\"connected\"");
            String signal = TestClient.CODEC.encodeClient(new ClientMessage.Signal(2, "a", "x", null));
            byte[] fitting =
                    (" ".repeat(Limits.MESSAGE_BYTES - signal.length()) + signal).getBytes(StandardCharsets.UTF_8);
            sendInFragments(socket, fitting, 1, new byte[0]);
            assertThat(List.of(socket.readText(), socket.readText())).anyMatch(text -> text.contains("\"done\""));
        }
    }

    @Test
    void pingsBetweenFragmentsAreAnswered() throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            byte[] message = connect();
            sendInFragments(socket, message, message.length / 2, RawSocket.frame(PING, new byte[] {'h', 'i'}));
            assertThat(socket.readText()).isEqualTo("hi");
        }
    }

    @Test
    void fragmentsAreTooLongTogetherAtTheSameLengthAsOneFrame() throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            sendInFragments(
                    socket, " ".repeat(Limits.MESSAGE_BYTES + 1).getBytes(StandardCharsets.UTF_8), 1000, new byte[0]);
            assertThat(socket.readCloseCode()).isEqualTo(CloseCode.TOO_BIG.code());
        }
    }

    @Test
    void binaryIsRefusedInFragmentsToo() throws IOException {
        assertThat(closeCodeAfter(0x02, new byte[10])).isEqualTo(CloseCode.BINARY.code());
    }
}
