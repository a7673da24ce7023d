package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What coturn permits with the configuration in the documentation. */
@Tag("faults")
class TurnRecipeIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OUTSIDE = "203.0.113.60";
    private static final String INSIDE = "10.0.0.50";
    private static final String OUTSIDE6 = "2001:db8:0:0:0:0:0:60";
    private static final int USER_QUOTA = 60;
    private static final List<String> DENIED = List.of(
            INSIDE,
            "0.0.0.0",
            "100.64.0.1",
            "127.0.0.1",
            "168.63.129.16",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "224.0.0.251",
            "255.255.255.255");
    private static final List<String> DENIED6 = List.of(
            "0:0:0:0:0:0:0:0",
            "0:0:0:0:0:0:0:1",
            "64:ff9b:0:0:0:0:a00:32",
            "2002:a00:32:0:0:0:0:1",
            "fc00:0:0:0:0:0:0:1",
            "fe80:0:0:0:0:0:0:1",
            "ff02:0:0:0:0:0:0:fb");

    @TempDir
    private Path directory;

    private VirtualNetwork network;
    private Deployment deployment;
    private VirtualNetwork.Machine client;
    private VirtualNetwork.Machine turn;

    @BeforeEach
    void start() throws Exception {
        network = VirtualNetwork.create();
        turn = network.machine("198.51.100.20");
        client = network.machine("203.0.113.30");
        network.machine(OUTSIDE);
        network.machine(INSIDE);
        network.run(turn, "ip addr add 2001:db8::20/128 dev eth0 nodad");
        deployment = new Deployment(directory);
        deployment.turn(turn);
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

    @Test
    void onlyPublicAddressesCanBeReached() throws Exception {
        network.rules("""
                table ip watch {
                  chain forward {
                    type filter hook forward priority 0; policy accept;
                    ip daddr %s udp dport 9999 counter comment "outside"
                    ip daddr %s udp dport 9999 counter comment "inside"
                  }
                }
                """.formatted(OUTSIDE, INSIDE));
        List<String> commands = new ArrayList<>(List.of("allocate4", "permit", OUTSIDE, "send", OUTSIDE, "9999"));
        DENIED.forEach(each -> commands.addAll(List.of("permit", each)));
        commands.addAll(List.of("send", INSIDE, "9999", "allocate6", "permit", OUTSIDE6));
        DENIED6.forEach(each -> commands.addAll(List.of("permit", each)));

        List<String> answers = probe(user("ada", 3600), commands);

        List<String> expected = new ArrayList<>(List.of("allocate4 0", "permit " + OUTSIDE + " 0"));
        DENIED.forEach(each -> expected.add("permit " + each + " 403"));
        expected.addAll(List.of("allocate6 0", "permit " + OUTSIDE6 + " 0"));
        DENIED6.forEach(each -> expected.add("permit " + each + " 403"));
        assertThat(answers).containsExactlyElementsOf(expected);
        await("the packet outside")
                .atMost(LIMIT)
                .until(() -> network.rules().contains("packets 1 bytes 33 comment \"outside\""));
        assertThat(network.rules()).contains("packets 0 bytes 0 comment \"inside\"");
    }

    @Test
    void quotaIsThatOfTheParticipantWhateverItsCredentials() throws Exception {
        List<String> many =
                Stream.generate(() -> "allocate4").limit(USER_QUOTA + 1).toList();
        List<String> answers = probe(user("ada", 3600), many);
        assertThat(answers.subList(0, USER_QUOTA)).containsOnly("allocate4 0");
        assertThat(answers.get(USER_QUOTA)).isEqualTo("allocate4 486");
        assertThat(probe(user("ada", 7200), List.of("allocate4"))).containsExactly("allocate4 486");
        assertThat(probe(user("bob", 3600), List.of("allocate4"))).containsExactly("allocate4 0");
        assertThat(probe(user("cid", -1), List.of("allocate4"))).containsExactly("allocate4 401");
    }

    private static String user(String name, long seconds) {
        return Instant.now().plusSeconds(seconds).getEpochSecond() + ":" + name;
    }

    private List<String> probe(String user, List<String> commands) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(TurnProbe.class.getName(), turn.address(), user));
        arguments.addAll(commands);
        try (Child probe = deployment.java("probe", client, arguments)) {
            probe.line("done", LIMIT, "done"::equals);
            List<String> lines = probe.lines();
            return lines.subList(0, lines.indexOf("done"));
        }
    }
}
