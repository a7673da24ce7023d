package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.packaging.Certificate;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.testsupport.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls over TLS through a real TURN server with a certificate of its own. {@link FirewalledCallIT} has the other transports. */
class TurnIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Coturn coturn;
    private IceConfiguration ice;

    @BeforeEach
    void start() throws Exception {
        Certificate certificate = Certificate.make(directory);
        int tlsPort = FreePorts.next();
        coturn = Coturn.onThisMachine(
                directory,
                FreePorts.next(),
                List.of(
                        "--tls-listening-port=" + tlsPort,
                        "--cert=" + certificate.chain(),
                        "--pkey=" + certificate.key()));
        ice = IceConfiguration.NONE.withTurn(
                List.of("turns:127.0.0.1:" + tlsPort + "?transport=tcp"), Coturn.SECRET, Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        coturn.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mediaFlowsThroughTheTurnServer(boolean relayed) throws Exception {
        try (RelayedParticipants call = new RelayedParticipants(ice, relayed, false)) {
            RelayedParticipants.Received bob = call.join();
            RelayedParticipants.publish(call.join().session(), "ada");
            bob.awaitNewFrames("ada", LIMIT);
            assertThat(coturn.allocations()).isPositive();
        }
    }

    @Test
    @Tag("faults")
    void certificateThatTheMediaLibraryCannotVerifyIsRefused() throws Exception {
        try (RelayedParticipants call = new RelayedParticipants(ice, true, true)) {
            RelayedParticipants.Received bob = call.join();
            RelayedParticipants.publish(call.join().session(), "ada");
            await("coturn has seen a client that broke off")
                    .atMost(LIMIT)
                    .until(() -> coturn.log().stream()
                            .anyMatch(line ->
                                    line.contains("user <>") && line.contains("closed") && line.contains("TLS")));
            assertThat(coturn.allocations()).isZero();
            assertThat(bob.frames()).isEmpty();
        }
    }
}
