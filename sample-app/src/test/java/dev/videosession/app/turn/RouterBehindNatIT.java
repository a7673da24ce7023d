package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server and its router with a private address, behind a NAT that maps a public address to it. The NAT drops what it has not mapped, in
 * both directions.
 */
@Tag("faults")
class RouterBehindNatIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String PUBLIC = "198.51.100.1";
    private static final Pattern MAPPED = Pattern.compile("counter packets (\\d+) bytes (\\d+) dnat");

    @Test
    void mediaFlowsThroughTheMappedAddress(@TempDir Path directory) throws Exception {
        try (VirtualNetwork network = VirtualNetwork.create();
                Deployment deployment = new Deployment(directory)) {
            VirtualNetwork.Machine server = network.machine("10.0.0.10");
            VirtualNetwork.Machine ada = network.machine("203.0.113.30");
            VirtualNetwork.Machine bob = network.machine("203.0.113.40");
            network.rules("""
                    table ip nat {
                      chain prerouting {
                        type nat hook prerouting priority -100;
                        ip daddr %1$s tcp dport %3$d dnat to %2$s
                        ip daddr %1$s udp dport 20000-20099 counter dnat to %2$s
                      }
                    }
                    table ip firewall {
                      chain forward {
                        type filter hook forward priority 0; policy drop;
                        ct state established,related accept
                        ct status dnat accept
                      }
                    }
                    """.formatted(PUBLIC, server.address(), Deployment.PORT));
            deployment.server(
                    server, List.of("--router", "janus", "--router-ports", "20000-20099", "--router-address", PUBLIC));
            SessionId session = Deployment.session(false);
            try (Child viewer = deployment.bot(bob, PUBLIC, session, Role.SUBSCRIBER, "bob", "--no-publish");
                    Child camera = deployment.bot(ada, PUBLIC, session, Role.PUBLISHER, "ada")) {
                camera.event("publisherStreamCreated", LIMIT);
                viewer.event("media", LIMIT, event -> event.get("frames") instanceof Double frames && frames > 45);
                viewer.event("media", LIMIT, event -> event.get("toneHz") instanceof Double tone && tone > 400);
            }
            Matcher mapped = MAPPED.matcher(network.rules());
            assertThat(mapped.find()).isTrue();
            assertThat(Integer.parseInt(mapped.group(1)))
                    .as("new UDP flows to the mapped address")
                    .isPositive();
        }
    }
}
