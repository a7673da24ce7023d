package dev.videosession.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No peer ends the process, whatever it sends. Each attack runs in a process of its own that frees memory visibly. */
class HostilePeerTest {
    private static final String LEAK = "Closed peer connections will keep";

    @TempDir
    Path directory;

    private String run(String classPath) throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                HostileVictim.class.getName());
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("MALLOC_PERTURB_", "165"); // what is used after it was freed holds nonsense
        Process process = builder.redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the victim ends; it said %s", Files.readString(output, StandardCharsets.UTF_8))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static String[] survived() {
        return Stream.of(HostileVictim.Attack.values())
                .map(attack -> "SURVIVED " + attack)
                .toArray(String[]::new);
    }

    /** A class path on which webrtc-java seems to have another version. */
    private String withVersion(String properties) throws Exception {
        Path file = directory.resolve("classes/META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, properties);
        return directory.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
    }

    @Test
    void processSurvivesEveryAttack() throws Exception {
        String said = run(System.getProperty("java.class.path"));

        assertThat(said.lines()).contains(survived());
        assertThat(said).doesNotContain(LEAK);
    }

    @Test
    void libraryThatReleasesItsObjectsItselfIsNotHelped() throws Exception {
        String said = run(withVersion("version=0.16.0"));

        assertThat(said.lines()).contains(survived());
        assertThat(said).doesNotContain(LEAK);
    }

    @Test
    void handlesThatCannotBeReleasedLeakAndOneWarningSaysSo() throws Exception {
        String said = run(withVersion(""));

        assertThat(said.lines()).contains(survived());
        assertThat(said).containsOnlyOnce(LEAK);
    }
}
