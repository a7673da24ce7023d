package dev.videosession.server.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.Bystanders;
import dev.videosession.server.fixture.EscapeTrap;
import dev.videosession.server.fixture.FuzzRounds;
import dev.videosession.server.fixture.HttpReplies;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.settings.RestRate;
import dev.videosession.server.settings.ServerLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever is sent to the port, the server answers with what HTTP and the API say, or closes the socket in time. */
@Timeout(value = 1, unit = TimeUnit.HOURS) // fuzz.times sets its duration; each round has a bound
class HttpFuzzTest {
    private static final Logger LOG = LoggerFactory.getLogger("fuzz");
    private static final int ROUNDS = 1200;
    private static final int THREADS = 128;
    private static final int LIMIT_MILLIS = 8000;

    private final AtomicIntegerArray statuses = new AtomicIntegerArray(600);

    @Test
    void everyConversationIsAnsweredOrEnded() {
        Bystanders.rehearse();
        EscapeTrap trap = new EscapeTrap();
        try (trap) {
            try (ServerFixture fixture = new ServerFixture(builder -> builder.restRate(new RestRate(100_000, 100_000))
                            .handshakeTimeoutMillis(1000)
                            .timings(new Timings(1000, 60_000, 0))
                            .limits(ServerLimits.builder()
                                    .unauthenticatedSocketsPerAddress(1000)
                                    .build()));
                    Bystanders bystanders = new Bystanders(fixture)) {
                FuzzRounds.play("http", ROUNDS / 3, THREADS, random -> converse(fixture, random));
                trap.markMemory();
                FuzzRounds.play("http", ROUNDS, THREADS, random -> converse(fixture, random));
                trap.assertMemoryIsBounded();
                trap.assertNothingEscaped();
                bystanders.assertUnharmed();
            }
            trap.assertBuffersAreBack();
        }
        StringBuilder seen = new StringBuilder();
        for (int status = 0; status < statuses.length(); status++) {
            if (statuses.get(status) > 0) {
                seen.append(" ").append(status).append(":").append(statuses.get(status));
            }
        }
        LOG.info("event=statuses{}", seen);
    }

    private void converse(ServerFixture fixture, SplittableRandom random) throws IOException {
        byte[] conversation = new HttpRequests(fixture, random).conversation();
        byte[] received;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(fixture.server.address());
            if (!send(socket, conversation, random)) {
                return;
            }
            received = readToTheEnd(socket);
        }
        if (HttpRequests.mayAnswerWithoutBody(conversation)) {
            return;
        }
        for (HttpReplies.Reply reply : HttpReplies.parse(received)) {
            statuses.incrementAndGet(reply.status());
            if (reply.status() == 501) {
                assertThat(reply.body()).containsAnyOf("is not available on this server", "transfer coding");
            } else if (reply.status() == 505) {
                assertThat(reply.body()).contains("HTTP/1.1");
            } else {
                assertThat(reply.status()).as(reply.body()).isLessThan(500);
            }
            if (reply.status() >= 400) {
                assertThat(reply.isErrorInJson())
                        .as("an error in JSON: " + reply)
                        .isTrue();
            }
        }
    }

    /** In pieces; returns false if the socket was abandoned. */
    private static boolean send(Socket socket, byte[] conversation, SplittableRandom random) throws IOException {
        OutputStream out = socket.getOutputStream();
        try {
            int at = 0;
            while (at < conversation.length) {
                int length = random.nextInt(4) == 0
                        ? 1 + random.nextInt(conversation.length - at)
                        : conversation.length - at;
                out.write(conversation, at, length);
                at += length;
                if (random.nextInt(50) == 0) {
                    socket.setSoLinger(true, 0); // a reset
                    return false;
                }
            }
            if (random.nextInt(50) == 0) {
                socket.shutdownOutput();
            }
        } catch (SocketException e) {
            // the server had read enough; what it said is still to be read
        }
        return true;
    }

    private static byte[] readToTheEnd(Socket socket) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                received.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither answered nor closed after " + List.of(LIMIT_MILLIS) + " ms", e);
        } catch (SocketException e) {
            return new byte[0]; // a reset may overtake the answer
        }
        return received.toByteArray();
    }
}
