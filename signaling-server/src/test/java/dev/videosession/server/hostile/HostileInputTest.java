package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever one client sends, it gets the answer it deserves and a bystander notices nothing but its going. */
class HostileInputTest {
    private ServerFixture fixture;
    private TestClient bystander;

    @BeforeEach
    void serverWithABystander() {
        start(ServerLimits.builder()
                .messageRate(50, 300)
                .signalRate(10, 20)
                .byteRate(64 * 1024, 4 * 1024 * 1024)
                .unauthenticatedSocketsPerAddress(20)
                .outbox(64, 64 * 1024)
                .build());
    }

    private void start(ServerLimits limits) {
        fixture = new ServerFixture(
                builder -> builder.limits(limits).handshakeTimeoutMillis(3000).timings(new Timings(1000, 60_000, 0)));
        bystander = fixture.join(Role.MODERATOR);
    }

    @AfterEach
    void bystanderIsUnharmed() {
        try (ServerFixture running = fixture) {
            TestClient probe = running.join(Role.PUBLISHER);
            probe.publish("probe");
            SequencedEvent.StreamCreated seen = bystander.await(SequencedEvent.StreamCreated.class);
            assertThat(seen.stream().connectionId()).isEqualTo(probe.id());
        }
    }

    private TestClient guest() {
        TestClient guest = fixture.join(Role.PUBLISHER);
        bystander.expect(SequencedEvent.ConnectionCreated.class);
        return guest;
    }

    private void expectExpelled(TestClient guest, CloseCode code) {
        assertThat(guest.await(ServerMessage.Disconnected.class).detail()).isEqualTo(DisconnectDetail.PROTOCOL_ERROR);
        guest.expectClose(code);
        assertThat(bystander.await(SequencedEvent.ConnectionDestroyed.class).detail())
                .isEqualTo(DisconnectDetail.PROTOCOL_ERROR);
    }

    @Test
    void malformedMessagesAreRefusedAndAfterAFewStrikesTheClientIsExpelled() {
        TestClient guest = guest();
        for (String bad : new String[] {"{", "[]", "{\"id\":7}", "nonsense", "{\"type\":\"signal\"} {}"}) {
            guest.sendRaw(bad);
            assertThat(guest.expect(ServerMessage.Failed.class).name()).isEqualTo("OT_BADLY_FORMED_MESSAGE");
        }
        guest.sendRaw("{");
        expectExpelled(guest, CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void unknownTypesAndWrongFieldsAreRefusedWithTheirId() {
        TestClient guest = guest();
        guest.sendRaw("{\"type\":\"dance\",\"id\":31}");
        guest.expectFailure(31, ErrorCode.NOT_SUPPORTED);
        guest.sendRaw("{\"type\":\"publish\",\"id\":32,\"name\":5}");
        guest.expectFailure(32, ErrorCode.INVALID_PARAMETER);
        guest.expectNothing();
        assertThat(fixture.metric("videosession.messages.unknown")).isEqualTo(1);
        assertThat(fixture.metric("videosession.refusals", "code", "INVALID_PARAMETER"))
                .isEqualTo(1);
    }

    @Test
    void longBinaryAndBrokenFramesCloseTheSocket() throws IOException {
        TestClient guest = guest();
        guest.sendRaw("x".repeat(10 * 1024 * 1024));
        expectExpelled(guest, CloseCode.TOO_BIG);
        TestClient binary = guest();
        binary.sendBinary();
        expectExpelled(binary, CloseCode.BINARY);
        try (RawSocket raw = new RawSocket(fixture.server).upgrade()) {
            raw.announceFrame(Long.MAX_VALUE);
            assertThat(raw.readCloseCode()).isEqualTo(CloseCode.TOO_BIG.code());
        }
        try (RawSocket raw = new RawSocket(fixture.server).upgrade()) {
            raw.sendFrame(0x01, new byte[Limits.MESSAGE_BYTES - 1]);
            raw.sendFrame(0x80, new byte[Limits.MESSAGE_BYTES - 1]);
            assertThat(raw.readCloseCode()).isEqualTo(CloseCode.TOO_BIG.code());
        }
        for (int first : new int[] {0x83, 0xF1, 0x80}) {
            try (RawSocket raw = new RawSocket(fixture.server).upgrade()) {
                raw.sendFrame(first, new byte[] {'{'});
                assertThat(raw.readCloseCode()).isEqualTo(CloseCode.BROKEN_FRAME.code());
            }
        }
    }

    @Test
    void requestsOutOfPlaceCloseTheSocket() {
        TestClient unauthenticated = fixture.open();
        unauthenticated.send(new ClientMessage.Signal(3, "a", "b", null));
        unauthenticated.expectFailure(3, ErrorCode.NOT_CONNECTED);
        unauthenticated.expectClose(CloseCode.PROTOCOL_ERROR);
        TestClient guest = guest();
        guest.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
        guest.expect(ServerMessage.Failed.class);
        expectExpelled(guest, CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void burstIsAnsweredWithTheTimeToTryAgainAndNothingOvertakesIt() {
        TestClient guest = guest();
        for (int i = 0; i < 400; i++) {
            guest.send(new ClientMessage.Signal(guest.nextId(), "a", String.valueOf(i), null));
        }
        long lastDone = 0;
        long firstRefused = Long.MAX_VALUE;
        for (int answered = 0; answered < 400; answered++) {
            ServerMessage.Reply reply = guest.await(ServerMessage.Reply.class);
            if (reply instanceof ServerMessage.Failed refused) {
                firstRefused = Math.min(firstRefused, refused.id());
                assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMIT_EXCEEDED.code());
                assertThat(refused.retry()).isTrue();
                assertThat(refused.retryAfterMillis()).isBetween(1L, 2000L);
            } else {
                lastDone = Math.max(lastDone, reply.id());
            }
        }
        assertThat(lastDone).isGreaterThan(20).isLessThan(firstRefused);
        guest.send(new Heartbeat());
        Awaitility.await("the rate's recovery").atMost(Duration.ofSeconds(10)).until(() -> {
            guest.send(new ClientMessage.Signal(guest.nextId(), "a", "again", null));
            return guest.await(ServerMessage.Reply.class) instanceof ServerMessage.Done;
        });
    }

    @Test
    void floodThatGoesOnInSpiteOfWarningsIsExpelled() {
        TestClient guest = guest();
        Awaitility.await("the end of the flood").atMost(Duration.ofSeconds(20)).until(() -> {
            for (int i = 0; i < 500; i++) {
                guest.send(new ClientMessage.DisableForceMute(guest.nextId()));
            }
            return guest.closed().isDone();
        });
        expectExpelled(guest, CloseCode.FLOOD);
    }

    @Test
    void silentUnauthenticatedSocketsAreClosed() throws IOException {
        TestClient unauthenticated = fixture.open();
        assertThat(unauthenticated.expect(ServerMessage.Failed.class).code())
                .isEqualTo(ErrorCode.CONNECT_TIMEOUT.code());
        unauthenticated.expectClose(CloseCode.CONNECT_TIMEOUT);
        try (RawSocket slow = new RawSocket(fixture.server);
                RawSocket idle = new RawSocket(fixture.server)) {
            slow.write("GET /health HTTP/1.1\r\nX-Slow: ");
            assertThat(slow.readAll()).startsWith("HTTP/1.1 408").contains("\"code\":408");
            assertThat(idle.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tooLongHttpIsRefused() throws IOException {
        try (RawSocket raw = new RawSocket(fixture.server)) {
            raw.write("GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 414");
        }
        try (RawSocket raw = new RawSocket(fixture.server)) {
            raw.write("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 431");
        }
        try (RawSocket raw = new RawSocket(fixture.server)) {
            raw.write("POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 413");
        }
        try (RawSocket raw = new RawSocket(fixture.server)) {
            raw.write("nonsense\r\n\r\n");
            assertThat(raw.readAll()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void theOldestOfTooManyUnauthenticatedSocketsOfOneAddressIsEvicted() throws IOException {
        RawSocket[] unauthenticated = new RawSocket[20];
        for (int i = 0; i < unauthenticated.length; i++) {
            unauthenticated[i] = new RawSocket(fixture.server).upgrade();
        }
        try (RawSocket oneMore = new RawSocket(fixture.server).upgrade()) {
            assertThat(unauthenticated[0].isClosedByServer()).isTrue();
            oneMore.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            bystander.expect(SequencedEvent.ConnectionCreated.class);
        }
        for (RawSocket socket : unauthenticated) {
            socket.close();
        }
        Awaitility.await("unauthenticated sockets are closed")
                .untilAsserted(
                        () -> assertThat(fixture.metric("videosession.sockets")).isEqualTo(1));
    }

    @Test
    void slowReaderIsClosedAndMemoryDoesNotGrow() throws IOException {
        try (RawSocket slow = new RawSocket(fixture.server).upgrade()) {
            slow.send(new ClientMessage.Connect(1, 1, fixture.session, fixture.token(Role.PUBLISHER), null, null));
            bystander.expect(SequencedEvent.ConnectionCreated.class);
            String data = "x".repeat(8000);
            Awaitility.await("overflow").pollDelay(Duration.ZERO).untilAsserted(() -> {
                for (int i = 0; i < 500; i++) {
                    fixture.server
                            .control()
                            .signal(fixture.session, null, "big", data)
                            .join();
                    bystander.next();
                }
                assertThat(fixture.metric("videosession.outbox.overflows")).isEqualTo(1);
            });
            Awaitility.await("departure")
                    .untilAsserted(() -> assertThat(fixture.metric(
                                    "videosession.disconnects", "detail", DisconnectDetail.SLOW_CONSUMER.wireName()))
                            .isEqualTo(1));
        }
    }
}
