package dev.videosession.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.testsupport.JavaPrograms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in a network namespace that has only loopback, where WebRTC finds no address. */
@Tag("faults")
class DemoWithoutNetworkIT {
    @TempDir
    private Path directory;

    @Test
    void saysWhatIsMissing() throws Exception {
        try (Child possible = inNamespace("true")) {
            assumeTrue(possible.exitCode() == 0, "this process may make network namespaces");
        }
        String java = JavaPrograms.path("java");
        try (Child demo = inNamespace("exec '" + java + "' -XX:TieredStopAtLevel=1 -Djava.awt.headless=true -cp '"
                + System.getProperty("java.class.path") + "' " + Main.class.getName() + " demo")) {
            assertThat(demo.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(demo.lines())
                    .anyMatch(line -> line.startsWith("  hint  This machine has no network besides loopback"));
        }
    }

    private Child inNamespace(String command) throws Exception {
        return Child.start(
                "namespace",
                directory,
                Map.of(),
                List.of(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--net",
                        "sh",
                        "-c",
                        "ip link set lo up && " + command));
    }
}
