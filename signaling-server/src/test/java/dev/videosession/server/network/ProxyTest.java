package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.admission.Verdict;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.SelfSigned;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.settings.AddressRange;
import dev.videosession.server.settings.ServerLimits;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that limits count and that {@link Admission} receives, without and behind proxies. */
class ProxyTest {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};

    private final BlockingQueue<String> addresses = new LinkedBlockingQueue<>();

    private ServerFixture server(String... trusted) {
        ServerLimits limits = ServerLimits.builder()
                .unauthenticatedSocketsPerAddress(5)
                .connectionsPerAddress(3)
                .build();
        Admission admission = new Admission() {
            @Override
            public CompletionStage<Verdict> connect(ConnectRequest request) {
                addresses.add(request.remoteAddress().getAddress().getHostAddress() + " "
                        + request.remoteAddress().getPort());
                return Verdict.allow();
            }
        };
        return new ServerFixture(builder -> {
            for (String range : trusted) {
                builder.trustedProxy(AddressRange.parse(range));
            }
            return builder.limits(limits).admission(admission, 5000).timings(new Timings(3000, 60_000, 0));
        });
    }

    private static RawSocket upgrade(ServerFixture fixture, byte[] head, String... headers) throws IOException {
        RawSocket socket = new RawSocket(fixture.server);
        socket.writeBytes(head);
        String further = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        socket.write(RawSocket.UPGRADE.replace("Host: x\r\n", "Host: x\r\n" + further));
        while (!socket.readLine().equals("\r\n")) {
            // the head of the answer
        }
        return socket;
    }

    private String addressOf(ServerFixture fixture, byte[] head, String... headers) throws Exception {
        try (RawSocket socket = upgrade(fixture, head, headers)) {
            socket.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            return String.valueOf(addresses.poll(10, TimeUnit.SECONDS));
        }
    }

    private static byte[] version1(String text) {
        return ("PROXY " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] version2(int command, String source, int port) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(source);
        boolean ipv4 = address.length == 4;
        ByteBuffer head = ByteBuffer.allocate(16 + 2 * address.length + 4 + 7);
        head.put(SIGNATURE).put((byte) (0x20 | command)).put((byte) (ipv4 ? 0x11 : 0x21));
        head.putShort((short) (2 * address.length + 4 + 7));
        head.put(address).put(address).putShort((short) port).putShort((short) 80);
        head.put(new byte[] {0x04, 0, 4, 1, 2, 3, 4}); // an extension to skip
        return head.array();
    }

    @Test
    void forwardedHeadersOfTrustedProxiesNameTheClient() throws Exception {
        try (ServerFixture fixture = server("127.0.0.1")) {
            assertThat(addressOf(fixture, new byte[0], "X-Forwarded-For: 192.0.2.7"))
                    .isEqualTo("192.0.2.7 0");
            assertThat(addressOf(
                            fixture,
                            new byte[0],
                            "x-forwarded-for: 203.0.113.1",
                            "X-Forwarded-For: 192.0.2.7, 127.0.0.1"))
                    .isEqualTo("192.0.2.7 0");
            assertThat(addressOf(fixture, new byte[0], "X-Forwarded-For: [2001:db8::1]:99"))
                    .isEqualTo("2001:db8:0:0:0:0:0:1 99");
            assertThat(addressOf(fixture, new byte[0])).startsWith("127.0.0.1 ").isNotEqualTo("127.0.0.1 0");
        }
    }

    @Test
    void forgedHeadersAreIgnored() throws Exception {
        for (String[] trusted : List.of(new String[0], new String[] {"127.0.0.2", "10.0.0.0/8"})) {
            try (ServerFixture fixture = server(trusted)) {
                assertThat(addressOf(fixture, new byte[0], "X-Forwarded-For: 192.0.2.7"))
                        .startsWith("127.0.0.1 ");
                try (RawSocket socket = new RawSocket(fixture.server)) {
                    socket.writeBytes(version1("TCP4 192.0.2.7 10.0.0.1 4711 80"));
                    assertThat(socket.readAll()).startsWith("HTTP/1.1 400");
                }
                try (RawSocket socket = new RawSocket(fixture.server)) {
                    socket.writeBytes(version2(1, "192.0.2.7", 4711));
                    assertThat(socket.readAll()).startsWith("HTTP/1.1 400");
                }
            }
        }
    }

    @Test
    void proxyProtocolOfTrustedProxiesNamesTheClient() throws Exception {
        try (ServerFixture fixture = server("127.0.0.0/8")) {
            assertThat(addressOf(fixture, version1("TCP4 192.0.2.7 10.0.0.1 4711 80")))
                    .isEqualTo("192.0.2.7 4711");
            assertThat(addressOf(fixture, version1("TCP6 2001:db8::1 ::1 4711 80")))
                    .isEqualTo("2001:db8:0:0:0:0:0:1 4711");
            assertThat(addressOf(fixture, version2(1, "192.0.2.7", 4711))).isEqualTo("192.0.2.7 4711");
            assertThat(addressOf(fixture, version2(1, "2001:db8::1", 65_535))).isEqualTo("2001:db8:0:0:0:0:0:1 65535");
            assertThat(addressOf(fixture, version1("UNKNOWN"))).startsWith("127.0.0.1 ");
            assertThat(addressOf(fixture, version2(0, "192.0.2.7", 4711))).startsWith("127.0.0.1 ");
            // a balancer in front of an HTTP proxy
            assertThat(addressOf(fixture, version1("TCP4 127.9.9.9 10.0.0.1 1 80"), "X-Forwarded-For: 192.0.2.8"))
                    .isEqualTo("192.0.2.8 0");
            // a client behind a balancer cannot name another one
            assertThat(addressOf(fixture, version1("TCP4 192.0.2.7 10.0.0.1 1 80"), "X-Forwarded-For: 192.0.2.8"))
                    .isEqualTo("192.0.2.7 1");
        }
    }

    @Test
    void headsMayComeInPieces() throws Exception {
        try (ServerFixture fixture = server("127.0.0.1");
                RawSocket socket = new RawSocket(fixture.server)) {
            for (byte piece : version2(1, "192.0.2.7", 4711)) {
                socket.writeBytes(new byte[] {piece});
            }
            socket.upgrade();
            socket.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            assertThat(addresses.poll(10, TimeUnit.SECONDS)).isEqualTo("192.0.2.7 4711");
        }
    }

    /** As from a balancer that passes TLS on. */
    @Test
    void headStandsBeforeTls(@TempDir Path directory) throws Exception {
        SelfSigned certificate = SelfSigned.make(directory, "localhost");
        try (ServerFixture fixture = new ServerFixture(builder -> builder.trustedProxy(AddressRange.parse("127.0.0.1"))
                        .tls(certificate.chain(), certificate.key()));
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(version2(1, "192.0.2.7", 4711));
            SSLSocketFactory encrypting =
                    certificate.trusting(fixture.http).build().sslSocketFactory();
            try (Socket socket = encrypting.createSocket(plain, "localhost", fixture.server.port(), false)) {
                socket.getOutputStream()
                        .write("GET /health HTTP/1.0\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TCP4 192.0.2.777 10.0.0.1 4711 80",
                "TCP4 192.0.2.7",
                "TCP9 a b c d",
                "TCP4 192.0.2.7 10.0.0.1 x 80"
            })
    void brokenHeadsCloseTheSocket(String head) throws IOException {
        try (ServerFixture fixture = server("127.0.0.1");
                RawSocket socket = new RawSocket(fixture.server)) {
            socket.writeBytes(version1(head));
            assertThat(socket.isClosedByServer()).isTrue();
        }
    }

    @Test
    void limitsCountTheNamedAddresses() throws Exception {
        List<RawSocket> sockets = new ArrayList<>();
        try (ServerFixture fixture = server("127.0.0.1")) {
            for (int i = 0; i < 30; i++) {
                sockets.add(upgrade(fixture, new byte[0], "X-Forwarded-For: 192.0.2." + i));
                sockets.add(upgrade(fixture, version1("TCP4 198.51.100." + i + " 10.0.0.1 4711 80")));
            }
            assertThat(fixture.metric("videosession.sockets")).isEqualTo(60);
            for (int i = 0; i < 5; i++) {
                sockets.add(upgrade(fixture, new byte[0], "X-Forwarded-For: 192.0.2.7"));
            }
            assertThat(sockets.get(14).isClosedByServer())
                    .as("the oldest of 192.0.2.7")
                    .isTrue();
            assertThat(fixture.metric("videosession.sockets.evicted", "limit", "unauthenticatedSocketsPerAddress"))
                    .isEqualTo(1);
            for (int i = 0; i < 4; i++) {
                RawSocket socket = upgrade(fixture, new byte[0], "X-Forwarded-For: 203.0.113.1");
                sockets.add(socket);
                socket.send(
                        new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
                assertThat(socket.readText())
                        .contains(i < 3 ? "\"connected\"" : "There are too many connections from 203.0.113.1");
            }
        } finally {
            for (RawSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
