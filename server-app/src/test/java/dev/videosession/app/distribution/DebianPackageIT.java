package dev.videosession.app.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package of the server, as dpkg and systemd read it. scripts/check-package.sh installs it. */
class DebianPackageIT {
    private static Path file() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith("_all.deb"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void filesAreWherePackagesPutThem() throws Exception {
        assertThat(run("dpkg-deb", "--contents", file().toString()).lines())
                .anyMatch(line -> line.startsWith("-rwxr-xr-x root/root") && line.endsWith("./usr/bin/videosession"))
                .anyMatch(
                        line -> line.startsWith("-rw-r-----") && line.endsWith("./etc/videosession/server.properties"))
                .anyMatch(line -> line.endsWith("./lib/systemd/system/videosession.service"))
                .noneMatch(line -> line.contains("/media-") || line.contains("webrtc"));
    }

    @Test
    void configurationOfTheOperatorSurvivesAnUpgrade() throws Exception {
        assertThat(run("dpkg-deb", "--info", file().toString(), "conffiles").lines())
                .containsExactlyInAnyOrder("/etc/videosession/server.properties", "/etc/default/videosession");
    }

    @Test
    void systemdAcceptsTheUnit(@TempDir Path root) throws Exception {
        run("dpkg-deb", "--extract", file().toString(), root.toString());
        Path unit = root.resolve("lib/systemd/system/videosession.service");
        Files.writeString(
                unit,
                Files.readString(unit)
                        .replace(
                                "/usr/bin/videosession",
                                root.resolve("usr/bin/videosession").toString()));

        assertThat(run("systemd-analyze", "verify", "--man=no", unit.toString()))
                .as("complaints about the unit")
                .doesNotContain("videosession.service");
    }

    /** What the guides do with {@code systemctl enable} and {@code journalctl -u}. */
    @Test
    void serviceCanBeEnabled(@TempDir Path root) throws Exception {
        run("dpkg-deb", "--extract", file().toString(), root.toString());
        run("systemctl", "--root=" + root, "enable", "videosession");

        assertThat(root.resolve("etc/systemd/system/multi-user.target.wants/videosession.service"))
                .isSymbolicLink();
    }
}
