package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pre-call tests of a participant behind a firewall that blocks UDP. */
@Tag("faults")
class PreCallFirewallIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private VirtualNetwork network;
    private Deployment deployment;
    private VirtualNetwork.Machine server;
    private VirtualNetwork.Machine turn;
    private VirtualNetwork.Machine ada;

    @BeforeEach
    void start() throws Exception {
        network = VirtualNetwork.create();
        server = network.machine("198.51.100.10");
        turn = network.machine("198.51.100.20");
        ada = network.machine("203.0.113.30");
        deployment = new Deployment(directory);
        network.rules("""
                table ip firewall {
                  chain forward {
                    type filter hook forward priority 0; policy drop;
                    ct state established,related accept
                    ip saddr 203.0.113.0/24 ip daddr { %s, %s } meta l4proto tcp accept
                    ip saddr %2$s ip daddr %1$s meta l4proto udp accept
                  }
                }
                """.formatted(server.address(), turn.address()));
    }

    @AfterEach
    void stop() throws Exception {
        if (deployment != null) {
            deployment.close();
        }
        if (network != null) {
            network.close();
        }
    }

    private Child testOfARoutedSession() throws Exception {
        SessionId session = Deployment.session(false);
        return deployment.java(
                "precall",
                ada,
                List.of(
                        PreCallProgram.class.getName(),
                        "http://" + server.address() + ":" + Deployment.PORT,
                        String.valueOf(Deployment.PROJECT.apiKey()),
                        session.value(),
                        Deployment.token(session, Role.PUBLISHER)));
    }

    private static String line(Child program, String start) {
        return program.line(start, LIMIT, line -> line.startsWith(start + " "));
    }

    @Test
    void routerThatTheFirewallHidesIsNamed() throws Exception {
        deployment.server(server, List.of("--router", "janus"));
        Child test = testOfARoutedSession();
        assertThat(line(test, "SERVER")).startsWith("SERVER PASSED");
        assertThat(line(test, "ROUTER")).startsWith("ROUTER FAILED").contains("Permit UDP");
        assertThat(line(test, "MEDIA")).startsWith("MEDIA SKIPPED");
        assertThat(line(test, "RELAY")).startsWith("RELAY FAILED").contains("No path through a TURN server");
        assertThat(line(test, "path")).isEqualTo("path none");
    }

    @Test
    void routerIsReachedThroughTheTurnServer() throws Exception {
        deployment.turn(turn);
        String url = "turn:" + turn.address() + ":3478?transport=tcp";
        deployment.server(server, List.of("--router", "janus", "--turn", url));
        Child test = testOfARoutedSession();
        assertThat(line(test, "ROUTER")).startsWith("ROUTER PASSED").contains("relay/");
        assertThat(line(test, "MEDIA")).startsWith("MEDIA PASSED");
        assertThat(line(test, "RELAY")).startsWith("RELAY PASSED").contains("turn:" + turn.address() + ":3478");
        assertThat(line(test, "path")).startsWith("path relay/");
    }
}
