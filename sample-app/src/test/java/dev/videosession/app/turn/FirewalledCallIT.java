package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calls between participants behind a firewall that lets them reach the signaling server, and one port of the TURN server with one
 * transport. The server tells them all three URLs of the TURN server, and coturn runs with the configuration of the documentation.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirewalledCallIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private VirtualNetwork network;
    private Deployment deployment;
    private VirtualNetwork.Machine server;
    private VirtualNetwork.Machine turn;
    private VirtualNetwork.Machine ada;
    private VirtualNetwork.Machine bob;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        network = VirtualNetwork.create();
        server = network.machine("198.51.100.10");
        turn = network.machine("198.51.100.20");
        ada = network.machine("203.0.113.30");
        bob = network.machine("203.0.113.40");
        deployment = new Deployment(directory);
        deployment.turn(turn);
        String host = turn.address();
        deployment.server(
                server,
                List.of(
                        "--router",
                        "janus",
                        "--turn",
                        "turn:" + host + ":3478?transport=udp,turn:" + host + ":3478?transport=tcp,turns:" + host
                                + ":5349?transport=tcp"));
    }

    @AfterAll
    void stop() throws Exception {
        if (deployment != null) {
            deployment.close();
        }
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest(name = "{0} {1}, relayed: {2}")
    @CsvSource({"udp,3478,true", "udp,3478,false", "tcp,3478,true", "tcp,3478,false", "tcp,5349,true", "tcp,5349,false"
    })
    void mediaFlowsThroughTheOnePortThatIsOpen(String transport, int port, boolean relayed) throws Exception {
        network.rules("""
                table ip firewall {
                  chain forward {
                    type filter hook forward priority 0; policy drop;
                    ct state established,related accept
                    ip saddr 203.0.113.0/24 ip daddr %s tcp dport %d accept
                    ip saddr 203.0.113.0/24 ip daddr %s %s dport %d accept
                    ip saddr %s ip daddr %s meta l4proto udp counter accept
                  }
                }
                """.formatted(
                server.address(), Deployment.PORT, turn.address(), transport, port, turn.address(), server.address()));
        SessionId session = Deployment.session(relayed);
        String suffix = "-" + transport + port + relayed;
        try (Child viewer = deployment.bot(
                        bob, server.address(), session, Role.SUBSCRIBER, "bob" + suffix, "--no-publish");
                Child camera = deployment.bot(ada, server.address(), session, Role.PUBLISHER, "ada" + suffix)) {
            Map<String, Object> created = camera.event("publisherStreamCreated", LIMIT);
            Map<String, Object> first = viewer.event("firstFrame", LIMIT);
            System.out.printf(
                    "%s port %d, %s: first frame %d ms after the stream%n",
                    transport, port, relayed ? "relayed" : "routed", at(first) - at(created));
            viewer.event("media", LIMIT, event -> event.get("frames") instanceof Double frames && frames > 45);
            viewer.event("media", LIMIT, event -> event.get("toneHz") instanceof Double tone && tone > 400);
        }
        assertThat(network.rules().contains("udp counter packets 0 bytes 0"))
                .as("the TURN server sends nothing to the router of a relayed session")
                .isEqualTo(relayed);
    }

    private static long at(Map<String, Object> event) {
        return ((Double) event.get("at")).longValue();
    }
}
