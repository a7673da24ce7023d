package dev.videosession.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.testsupport.JavaPrograms;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs with module descriptors, on the machine's JDK and on an image made by jlink, with the flags that docs/EMBEDDING.md gives. */
class ModularProgramIT {
    private static final Path GUIDE = Path.of("..", "docs", "EMBEDDING.md");
    private static final String MAIN = "example.viewer/example.viewer.Viewer";
    private static final String MODULE_PATH = Programs.artifacts(Programs.SDK);

    @TempDir
    static Path directory;

    private static Path program;

    @BeforeAll
    static void compile() throws Exception {
        program = Programs.compile("viewer", true, directory, MODULE_PATH);
    }

    @Test
    void modularProgramMakesACallWithTheFlagsOfTheGuide() throws Exception {
        assertThat(Programs.call(command(JavaPrograms.path("java"), List.of()), UnaryOperator.identity()))
                .contains("frame 160x120 in a module");
    }

    @Test
    void modularProgramMakesAnEncryptedCallOnAnImageOfTheModulesInTheGuide() throws Exception {
        Path image = directory.resolve("image");
        Programs.run(JavaPrograms.tool(
                "jlink", "--add-modules", String.join(",", modulesOfTheGuide()), "--output", image.toString()));
        String java = image.resolve("bin").resolve("java").toString();
        Certificate certificate = Certificate.make(directory);

        assertThat(Programs.call(
                        command(java, certificate.options()),
                        server -> server.tls(certificate.chain(), certificate.key())))
                .contains("frame 160x120 in a module");
    }

    @Test
    void modularProgramEmbedsTheServer() throws Exception {
        String path = Programs.artifacts(Programs.SERVER);
        Path host = Programs.compile("host", true, directory, path);

        assertThat(Programs.run(List.of(
                        JavaPrograms.path("java"),
                        "--module-path",
                        Programs.path(path, host),
                        "--module",
                        "example.host/example.host.Host",
                        "47000001",
                        "a secret of thirty-two characters")))
                .contains("health 200, meters true in a module");
    }

    @Test
    void internalPackagesAreNotVisible() {
        assertThatThrownBy(() -> Programs.compile("intruder", true, directory, MODULE_PATH))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("package dev.videosession.session.internal.loop is not visible")
                .hasMessageContaining("package dev.videosession.media.internal.link is not visible")
                .hasMessageContaining("package dev.videosession.protocol.sdp is not visible");
    }

    @Test
    void guideNamesTheModulesThatTheProgramNeeds() throws Exception {
        List<String> command = Stream.concat(
                        JavaPrograms.tool(
                                "jdeps",
                                "--print-module-deps",
                                "--ignore-missing-deps",
                                "--multi-release",
                                "17",
                                "--module-path",
                                MODULE_PATH)
                                .stream(),
                        Arrays.stream(MODULE_PATH.split(File.pathSeparator, -1)))
                .toList();
        String last = Programs.run(command).lines().reduce("", (first, second) -> second); // after warnings
        Set<String> needed = new TreeSet<>(Arrays.asList(last.split(",", -1)));
        needed.add("jdk.crypto.ec"); // found by name at run time: TLS with elliptic curves
        assertThat(modulesOfTheGuide()).isEqualTo(needed);
    }

    private static List<String> command(String java, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(java, "--module-path", Programs.path(MODULE_PATH, program)));
        command.addAll(optionsOfTheGuide());
        command.addAll(options);
        command.addAll(List.of("--module", MAIN));
        return command;
    }

    private static Set<String> modulesOfTheGuide() throws IOException {
        return Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("jlink --add-modules "))
                .flatMap(line -> Arrays.stream(line.split(" ", -1)[2].split(",", -1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The options of the guide's line that starts a modular program. */
    private static List<String> optionsOfTheGuide() throws IOException {
        return Files.readString(GUIDE)
                .lines()
                .filter(line -> line.startsWith("java --module-path "))
                .flatMap(line -> Arrays.stream(line.replaceAll("^java --module-path \\S+ | --module .*$", "")
                        .split(" ", -1)))
                .toList();
    }
}
