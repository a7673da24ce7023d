package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.testsupport.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that last longer than the TURN credentials with which they began. The TURN server renews nonces and allocations several times in
 * the lifetime of the credentials.
 */
@Tag("faults")
class TurnRenewalIT {
    private static final Duration LIFETIME = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(3);
    private static final List<String> OPTIONS = List.of("--stale-nonce=12", "--max-allocate-lifetime=16");

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "relayed: {0}")
    @ValueSource(booleans = {true, false})
    void callOutlivesItsCredentials(boolean relayed) throws Exception {
        int port = FreePorts.next();
        IceConfiguration ice = IceConfiguration.NONE.withTurn(
                List.of("turn:127.0.0.1:" + port + "?transport=udp"), Coturn.SECRET, LIFETIME);
        try (Coturn first = Coturn.onThisMachine(directory, port, OPTIONS);
                RelayedParticipants call = new RelayedParticipants(ice, relayed, false)) {
            RelayedParticipants.Received bob = call.join();
            RelayedParticipants.Received ada = call.join();
            RelayedParticipants.publish(ada.session(), "first");
            bob.awaitNewFrames("first", LIMIT);

            watch(bob, "first", LIFETIME.plusSeconds(2));
            RelayedParticipants.publish(ada.session(), "second");
            bob.awaitNewFrames("second", LIMIT);

            watch(bob, "first", LIFETIME.plusSeconds(2));
            RelayedParticipants.publish(bob.session(), "third");
            ada.awaitNewFrames("third", LIMIT);
            assertThat(first.log()).noneMatch(line -> line.contains("ALLOCATE processed, error 403"));

            first.close();
            try (Coturn second = Coturn.onThisMachine(directory, port, OPTIONS)) {
                bob.frames().clear();
                ada.frames().clear();
                Instant lost = Instant.now();
                bob.awaitNewFrames("first", RECOVERY);
                bob.awaitNewFrames("second", RECOVERY);
                ada.awaitNewFrames("third", RECOVERY);
                System.out.printf(
                        "%s: media back %d ms after the TURN server was replaced, %d allocations%n",
                        relayed ? "relayed" : "routed",
                        Duration.between(lost, Instant.now()).toMillis(),
                        second.allocations());
            }
        }
    }

    /** Frames never stop for longer than a moment. */
    private static void watch(RelayedParticipants.Received viewer, String stream, Duration time) {
        for (Instant end = Instant.now().plus(time); Instant.now().isBefore(end); ) {
            viewer.awaitNewFrames(stream, LONGEST_GAP);
        }
    }
}
