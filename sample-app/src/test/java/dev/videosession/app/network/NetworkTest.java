package dev.videosession.app.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What breaks a network for the other tests does what it says. */
class NetworkTest {
    private static final MessageCodec CODEC = new MessageCodec();

    private ServerSocket listener;
    private Network network;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        network = new Network(URI.create("http://127.0.0.1:" + listener.getLocalPort()));
        client = new Socket(InetAddress.getLoopbackAddress(), network.url().getPort());
        server = listener.accept();
        client.setSoTimeout(5_000);
        server.setSoTimeout(5_000);
        // what is no WebSocket passes as it is
        client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        server.getInputStream().readNBytes(18);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        network.close();
        listener.close();
    }

    @Test
    void whatIsHeldArrivesAfterwardsAndTheOtherWayIsOpen() throws IOException {
        network.up(way -> way.hold(true));
        client.getOutputStream().write(7);
        server.getOutputStream().write("HTTP/1.1 200\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(client.getInputStream().readNBytes(16)).hasSize(16);
        server.setSoTimeout(200);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        network.heal();
        server.setSoTimeout(5_000);
        assertThat(server.getInputStream().read()).isEqualTo(7);
    }

    @Test
    void delayIsDelayAndARateIsARate() throws IOException {
        network.up(way -> way.delay(300));
        long start = System.nanoTime();
        client.getOutputStream().write(7);
        server.getInputStream().read();
        assertThat(millisSince(start)).isGreaterThanOrEqualTo(300);

        network.heal();
        network.up(way -> way.limit(80_000));
        start = System.nanoTime();
        client.getOutputStream().write(new byte[5_000]);
        server.getInputStream().readNBytes(5_000);
        assertThat(millisSince(start)).isBetween(490L, 2_000L);
    }

    @Test
    void resetIsResetAndFinIsFin() throws IOException {
        network.finish(false);
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        server.getOutputStream().write(7); // that half lives
        network.reset();
        assertThatThrownBy(() -> client.getInputStream().readNBytes(100)).isInstanceOf(SocketException.class);
    }

    @Test
    void serverDoesNotNoticeAResetOfTheOtherEnd() throws IOException {
        Runnable far = network.resetNear();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        server.setSoTimeout(200);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        far.run();
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void datagramsPassBothWaysBetweenTheAddressesThatStandForThePeersUntilTheyAreLost() throws IOException {
        Way up = new Way();
        Way down = new Way();
        InetAddress here = InetAddress.getLoopbackAddress();
        try (MediaRelay relay = new MediaRelay(up, down);
                DatagramSocket inside = new DatagramSocket(0, here);
                DatagramSocket outside = new DatagramSocket(0, here)) {
            inside.setSoTimeout(2_000);
            outside.setSoTimeout(2_000);
            InetSocketAddress insideAlias = relay.alias(address(inside), true).orElseThrow();
            InetSocketAddress outsideAlias =
                    relay.alias(address(outside), false).orElseThrow();
            assertThat(passes(inside, outsideAlias, outside)).isEqualTo(insideAlias);
            assertThat(passes(outside, insideAlias, inside)).isEqualTo(outsideAlias);

            up.lose(1);
            outside.setSoTimeout(200);
            assertThatThrownBy(() -> passes(inside, outsideAlias, outside)).isInstanceOf(SocketTimeoutException.class);
            assertThat(passes(outside, insideAlias, inside)).isEqualTo(outsideAlias);
            assertThat(relay.lost()).isEqualTo(1);
        }
    }

    @Test
    void onlyUdpHostCandidatesAreUsed() throws Exception {
        CandidateChange change = new CandidateChange(address -> Optional.of(new InetSocketAddress("127.0.0.9", 9)));
        assertThat(change.apply(candidate("candidate:1 1 udp 21 192.0.2.7 50000 typ host generation 0")))
                .contains("candidate:1 1 udp 21 127.0.0.9 9 typ host generation 0");
        assertThat(change.apply(candidate("candidate:1 1 tcp 21 192.0.2.7 9 typ host tcptype active")))
                .isNull();
        assertThat(change.apply(candidate(""))).isEqualTo(candidate(""));
        String signal = "{\"type\":\"signal\",\"id\":1,\"data\":\"a \\\"candidate\\\"\"}";
        assertThat(change.apply(signal)).isEqualTo(signal);
    }

    private static String candidate(String text) {
        return CODEC.encodeClient(new LinkMessage.Candidate(new LinkId("l-1"), 1, text, "0", 0));
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Sends one datagram, and returns the sender that its receiver sees. */
    private static InetSocketAddress passes(DatagramSocket from, InetSocketAddress to, DatagramSocket receiver)
            throws IOException {
        from.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, to));
        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
        receiver.receive(packet);
        assertThat(packet.getLength()).isEqualTo(3);
        return (InetSocketAddress) packet.getSocketAddress();
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
}
