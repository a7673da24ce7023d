package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.app.server.config.OptionValues;
import dev.videosession.app.server.config.Settings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

class RouterOptionsTest {
    private static final Project PROJECT = new Project(42, "0123456789abcdef0123456789abcdef");

    @TempDir
    private Path directory;

    private static SignalingServer start(Map<String, String> options) throws Exception {
        Map<String, String> given = new HashMap<>(options);
        given.put("port", "0");
        Settings settings = ServerCommand.settings(given, name -> null);
        return ServerFactory.start(settings, PROJECT);
    }

    private static double up(SignalingServer server) {
        return server.meters().get("videosession.router.up").gauge().value();
    }

    @Test
    void startsJanus() throws Exception {
        try (SignalingServer server =
                start(Map.of("router", "janus", "router-ports", "40000-40099", "router-address", "203.0.113.7"))) {
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> up(server) == 1);
        }
    }

    @Test
    void severalRoutersOfAMachineShareItsMediaPorts() throws Exception {
        try (SignalingServer server = start(Map.of("router", "janus,janus", "router-ports", "40000-40024"))) {
            assertThat(server.meters().get("videosession.router.capacity").gauges())
                    .extracting(gauge -> (int) gauge.value())
                    .containsExactlyInAnyOrder(12, 13);
        }
    }

    @Test
    void connectsToARunningRouterWithSecretsFromFiles() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "abc");
        try (SignalingServer server =
                start(Map.of("router", "ws://127.0.0.1:1", "router-secret-file", secret.toString()))) {
            assertThat(server.meters()
                            .get("videosession.router.up")
                            .gauge()
                            .getId()
                            .getTag("router"))
                    .isEqualTo("ws://127.0.0.1:1");
            assertThat(up(server)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "janus, router-ports, 1-2, media ports",
        "janus, router-ports, x, FIRST-LAST",
        "'janus,janus', router-ports, 40000-40014, 40000-40006",
        "janus, router-share, 'x', TOKEN",
        "janus, router-share, '1,2,3', TOKEN",
        "janus, router-share, 101, 100",
        "janus, router-address, example.org, public address",
        "janus, router-interface, a b, network interface",
        "janus, router-interface, nope0, lo",
        "janus, router-interface, 203.0.113.9, no network interface or address",
        "no-such-program, router-ports, 40000-40099, apt-get install janus",
        "ws://user@host:1, router-secret-file, , ws://HOST:PORT"
    })
    void whatCannotBeUsedIsRefusedByName(String router, String option, String value, String hint) {
        Map<String, String> given = new HashMap<>(Map.of("router", router));
        if (value != null) {
            given.put(option, value);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(given).close())
                .withMessageContaining("--router")
                .withMessageContaining(hint);
    }

    @Test
    void everyOptionIsKnownToTheConfigurationFile() {
        assertThat(OptionValues.known(CommandSpec.forAnnotatedObject(new ServerCommand())))
                .contains(
                        "router",
                        "router-ports",
                        "router-address",
                        "router-interface",
                        "router-secret-file",
                        "router-admin-key-file");
    }
}
