package dev.videosession.media.internal.rtc.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.testsupport.JavaPrograms;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
    private static final String ROOT = "22 1 0:19 / / rw,relatime shared:1 - ext4 /dev/vda rw";
    private static final String TMP = "35 22 0:31 / /tmp rw,nosuid,nodev,noexec shared:16 - tmpfs tmpfs rw";
    private static final String TMP_OPEN = "99 22 0:32 / /tmp/open rw,nosuid - tmpfs tmpfs rw";
    private static final String TMP_AGAIN = "100 22 0:33 / /tmp rw,nosuid - tmpfs tmpfs rw";
    private static final String SPACE = "101 22 0:34 / /my\\040tmp rw,noexec - tmpfs tmpfs rw";

    /** Loads the library and prints how that went. */
    static final class Loading {
        private Loading() {}

        public static void main(String[] args) {
            try {
                NativeLibrary.load();
                System.out.println("result: loaded");
            } catch (MediaUnavailableException e) {
                System.out.println("result: " + e.getMessage());
            }
        }
    }

    @Test
    void theInnermostAndLatestMountDecides() {
        assertThat(TemporaryDirectory.isNoexec(List.of(ROOT, TMP), Path.of("/tmp")))
                .isTrue();
        assertThat(TemporaryDirectory.isNoexec(List.of(ROOT, TMP), Path.of("/tmp/a/b")))
                .isTrue();
        assertThat(TemporaryDirectory.isNoexec(List.of(ROOT, TMP), Path.of("/tmpfiles")))
                .isFalse();
        assertThat(TemporaryDirectory.isNoexec(List.of(TMP, ROOT), Path.of("/tmp")))
                .isTrue();
        assertThat(TemporaryDirectory.isNoexec(List.of(ROOT, TMP, TMP_OPEN), Path.of("/tmp/open/x")))
                .isFalse();
        assertThat(TemporaryDirectory.isNoexec(List.of(ROOT, TMP, TMP_AGAIN), Path.of("/tmp")))
                .isFalse();
        assertThat(TemporaryDirectory.isNoexec(List.of(ROOT, SPACE), Path.of("/my tmp")))
                .isTrue();
        assertThat(TemporaryDirectory.isNoexec(List.of("", "odd line"), Path.of("/tmp")))
                .isFalse();
    }

    @Test
    void missingDirectoryIsNamedWithTheOptionThatHelps(@TempDir Path parent) throws Exception {
        Path missing = parent.resolve("missing");
        assertThat(load(missing, System.getProperty("java.class.path")))
                .contains(missing.toString(), "not a directory that this process can write to", "-Djava.io.tmpdir=");
    }

    @Test
    void failedLoadLeavesNoCopyBehind(@TempDir Path classes, @TempDir Path temporary) throws Exception {
        try (Stream<String> names = Stream.of("linux-x86_64.so", "linux-aarch64.so", "linux-aarch32.so")) {
            for (String name : names.toList()) {
                Files.writeString(classes.resolve("libwebrtc-java-" + name), "not a library");
            }
        }
        Path foreign = Files.writeString(temporary.resolve("libwebrtc-java-of-another-process.so"), "");
        assertThat(load(temporary, classes + File.pathSeparator + System.getProperty("java.class.path")))
                .contains("did not load");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).containsExactly(foreign);
        }
    }

    @Test
    void goodDirectoryIsLeftEmpty(@TempDir Path temporary) throws Exception {
        assertThat(load(temporary, System.getProperty("java.class.path"))).isEqualTo("loaded");
        assertThat(temporary).isEmptyDirectory();
    }

    private static String load(Path temporary, String classPath) throws IOException, InterruptedException {
        List<String> command =
                JavaPrograms.java("-Djava.io.tmpdir=" + temporary, "-cp", classPath, Loading.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return output.lines()
                    .filter(line -> line.startsWith("result: "))
                    .map(line -> line.substring("result: ".length()))
                    .findFirst()
                    .orElseThrow();
        } finally {
            process.destroyForcibly();
        }
    }
}
