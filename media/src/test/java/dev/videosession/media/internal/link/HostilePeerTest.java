package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.JavaPrograms;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No peer ends the process, whatever it sends. Each attack runs in a process of its own that frees memory visibly. */
class HostilePeerTest {
    private static final String LEAK = "event=closedConnectionsLeak";

    @TempDir
    Path directory;

    private String run(String classPath, String... options) throws Exception {
        List<String> command = JavaPrograms.java(options);
        command.addAll(List.of("-cp", classPath, HostileVictim.class.getName()));
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

    /** With webrtc-java as a module, its internal package is closed unless the command line opens it. */
    private String runOnModulePath(String... options) throws Exception {
        List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        String module = entries.stream()
                .filter(entry ->
                        Path.of(entry).getFileName().toString().matches("webrtc-java-[0-9.]+(-SNAPSHOT)?[.]jar"))
                .findFirst()
                .orElseThrow();
        String others =
                entries.stream().filter(entry -> !entry.equals(module)).collect(Collectors.joining(File.pathSeparator));
        return run(
                others,
                Stream.concat(Stream.of("-p", module, "--add-modules", "ALL-MODULE-PATH"), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void closedPackageOfTheModuleMeansALeakAndOneWarning() throws Exception {
        String said = runOnModulePath();

        assertThat(said.lines()).contains(survived());
        assertThat(said).containsOnlyOnce(LEAK).contains("--add-opens");
    }

    @Test
    void openedPackageOfTheModuleMeansNoLeak() throws Exception {
        String said = runOnModulePath("--add-opens", "webrtc.java/dev.onvoid.webrtc.internal=ALL-UNNAMED");

        assertThat(said.lines()).contains(survived());
        assertThat(said).doesNotContain(LEAK);
    }
}
