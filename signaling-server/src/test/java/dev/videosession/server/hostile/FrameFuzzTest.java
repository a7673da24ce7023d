package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.Bystanders;
import dev.videosession.server.fixture.EscapeTrap;
import dev.videosession.server.fixture.FuzzRounds;
import dev.videosession.server.fixture.Mutator;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.ServerLimits;
import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever a WebSocket is sent, it ends in time, with a close code of the protocol and without an internal error. */
@Timeout(value = 1, unit = TimeUnit.HOURS) // fuzz.times sets its duration; each round has a bound
class FrameFuzzTest {
    private static final Logger LOG = LoggerFactory.getLogger("fuzz");
    private static final int ROUNDS = 900;
    private static final int THREADS = 192;

    private final Map<Integer, Integer> codes = new ConcurrentHashMap<>();

    @Test
    void everySocketEndsWithAReasonThatTheProtocolKnows() {
        Bystanders.rehearse();
        EscapeTrap trap = new EscapeTrap();
        try (trap) {
            try (ServerFixture fixture = new ServerFixture(builder -> builder.handshakeTimeoutMillis(3000)
                            .timings(new Timings(1000, 3000, 0))
                            .limits(ServerLimits.builder()
                                    .unauthenticatedSocketsPerAddress(1000)
                                    .entryRate(10_000, 20_000)
                                    .build()));
                    Bystanders bystanders = new Bystanders(fixture)) {
                FuzzRounds.play("frames", ROUNDS / 3, THREADS, random -> converse(fixture, random));
                trap.markMemory();
                FuzzRounds.play("frames", ROUNDS, THREADS, random -> converse(fixture, random));
                trap.assertMemoryIsBounded();
                trap.assertNothingEscaped();
                bystanders.assertUnharmed();
            }
            trap.assertBuffersAreBack();
        }
        LOG.info("event=closeCodes {}", new TreeMap<>(codes));
    }

    private void converse(ServerFixture fixture, SplittableRandom random) throws IOException {
        Role role = new Mutator(random).oneOf(List.of(Role.values()));
        FrameScript script = new FrameScript(random, fixture.session, fixture.token(role));
        try (RawSocket socket = new RawSocket(fixture.server).upgrade()) {
            boolean sent = send(socket, script, random);
            if (random.nextInt(30) == 0) {
                socket.reset();
                return;
            }
            int code = socket.readToTheEnd(FrameFuzzTest::assertSensible);
            codes.merge(code, 1, Integer::sum);
            if (sent && !script.endsAbruptly()) {
                assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::code))
                        .as("the close code")
                        .contains(code);
            }
            if (!script.endsAbruptly()) { // else it may be the client's own code, echoed
                assertThat(code).as("an internal error").isNotEqualTo(CloseCode.INTERNAL_ERROR.code());
            }
        } catch (SocketException e) {
            LOG.trace("the server's end overtook what it said", e);
        }
    }

    /** False if the server closed before all was said. */
    private static boolean send(RawSocket socket, FrameScript script, SplittableRandom random) throws IOException {
        try {
            for (byte[] bytes : script.toBytes()) {
                int cut = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
                socket.writeBytes(Arrays.copyOfRange(bytes, 0, cut));
                socket.writeBytes(Arrays.copyOfRange(bytes, cut, bytes.length));
            }
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private static void assertSensible(String text) {
        try {
            ServerMessage message = TestClient.CODEC.decodeServer(text);
            if (message instanceof ServerMessage.Failed failed) {
                assertThat(failed.name()).as(text).isNotEqualTo(ErrorCode.INTERNAL_ERROR.errorName());
            }
        } catch (MessageException e) {
            throw new AssertionError("the server sent " + text, e);
        }
    }
}
