package dev.videosession.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.videosession.app.document.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.MissingParameterException;

/** The commands in the documents exist, with the options that are shown. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern INLINE = Pattern.compile("`((?:\\./run|\\./test|mvn)(?: [^`]*)?)`");
    private static final Pattern BLOCK = Pattern.compile("(?:\\./run|\\./test|mvn)(?: .*)?");
    private static final Pattern SERVER = Pattern.compile("`videosession ((?:server|session|token)(?: [^`]*)?)`");
    private static final Pattern SCRIPT = Pattern.compile("\\bscripts/[a-z-]+\\.sh");
    private static final Pattern TEST = Pattern.compile("-D(?:it\\.)?test=([A-Za-z]+)");
    private static final Pattern PROGRAM =
            Pattern.compile("`[^`]*\\bjava [^`]*?\\b(dev\\.videosession(?:\\.[a-z]+)+\\.[A-Z]\\w+)");
    /** Beginnings of lines that {@code DocumentedShellIT} runs. */
    private static final List<String> SHELL = List.of("curl ", "keytool ", "export ");

    /** Lines for other programs, each with the test or script that runs it. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry(
                    "java --enable-native-access=ALL-UNNAMED -cp target/classes:$(cat target/classpath) example.Main",
                    "DocumentedBuildIT"),
            Map.entry("java --enable-native-access=ALL-UNNAMED -cp ... example.Main", "ClassPathProgramIT"),
            Map.entry(
                    "java --module-path LIBRARIES:PROGRAM --add-opens"
                            + " webrtc.java/dev.onvoid.webrtc.internal=dev.videosession.media --module"
                            + " example.viewer/example.viewer.Viewer",
                    "ModularProgramIT"),
            Map.entry(
                    "jlink --add-modules java.base,java.desktop,java.logging,java.management,jdk.crypto.ec --output image",
                    "ModularProgramIT"),
            Map.entry("apt-get install janus", "prerequisites.sh"),
            Map.entry("chown root:videosession /etc/videosession/*", "check-package.sh"),
            Map.entry("chmod 640 /etc/videosession/*", "check-package.sh"),
            Map.entry("systemctl enable --now videosession", "DebianPackageIT"),
            Map.entry("journalctl -u videosession -f", "DebianPackageIT"),
            Map.entry("tar -xzf videosession-server-VERSION.tar.gz", "ServerArchiveIT"),
            Map.entry(
                    "videosession-server-VERSION/bin/videosession server --config"
                            + " videosession-server-VERSION/conf/server.properties",
                    "ServerArchiveIT"));

    private static final Pattern OPTIONAL = Pattern.compile("[\\[\\]]|\\.\\.\\.|, .*$");

    @Test
    void runCommandsParse() throws IOException {
        List<String> commands = commands()
                .filter(each -> each.startsWith("./run") && !ofTheScript(each))
                .toList();
        assertThat(commands).hasSizeGreaterThan(10);
        for (String command : commands) {
            assertThatCode(() -> parse(arguments(command))).as(command).doesNotThrowAnyException();
        }
    }

    @Test
    void testCommandsNameTestsAndModulesThatExist() throws IOException {
        List<String> commands =
                commands().filter(each -> !each.startsWith("./run")).toList();
        assertThat(commands).hasSizeGreaterThan(3);
        for (String command : commands) {
            String modules = option(command, "-pl ");
            for (String module : split(modules)) {
                assertThat(ROOT.resolve(module).resolve("pom.xml")).as(command).exists();
            }
            for (String test : split(option(command, "-Dtest=") + "," + option(command, "-Dit.test="))) {
                assertThat(test.equals("none") || isTest(test, split(modules)))
                        .as(command)
                        .isTrue();
            }
        }
    }

    @Test
    void commandsOfThePackageParse() throws IOException {
        List<String> commands = found(SERVER).toList();
        assertThat(commands).hasSizeGreaterThan(2);
        for (String command : commands) {
            assertThatCode(() -> parse(arguments(command))).as(command).doesNotThrowAnyException();
        }
    }

    @Test
    void scriptsTestsAndProgramsExist() throws IOException {
        assertThat(found(SCRIPT))
                .isNotEmpty()
                .allMatch(script -> Files.isExecutable(ROOT.resolve(script)) || script.endsWith("prerequisites.sh"));
        Set<String> sources = sources();
        assertThat(found(TEST).filter(test -> !test.equals("none")))
                .isNotEmpty()
                .allMatch(sources::contains);
        assertThat(found(PROGRAM).map(name -> name.substring(name.lastIndexOf('.') + 1)))
                .isNotEmpty()
                .allMatch(sources::contains);
    }

    @Test
    void benchmarksAndTheirOptionsExist() throws IOException {
        List<String> commands =
                commands().filter(each -> each.startsWith("./run bench ")).toList();
        assertThat(commands).hasSizeGreaterThan(3);
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT.resolve("benchmarks/src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.append(Files.readString(file));
            }
        }
        for (String command : commands) {
            String[] words = command.split("\\s+", -1);
            assertThat(sources).as(command).contains("return \"" + words[2] + "\";");
            assertThat(Arrays.stream(words).filter(word -> word.startsWith("--")))
                    .allMatch(option -> sources.indexOf("\"" + option + "\"") >= 0);
        }
    }

    /** Lines for other programs are run by the tests and scripts that are named here. */
    @Test
    void everyLineOfABlockIsTested() throws IOException {
        List<String> others = lines().filter(
                        line -> !BLOCK.matcher(line).matches() && SHELL.stream().noneMatch(line::startsWith))
                .toList();
        assertThat(others).containsExactlyInAnyOrderElementsOf(ELSEWHERE.keySet());
        Set<String> sources = sources();
        assertThat(ELSEWHERE.values())
                .allMatch(test -> sources.contains(test)
                        || Files.exists(ROOT.resolve("scripts").resolve(test)));
    }

    /** {@return the lines of all blocks for a shell} */
    private static Stream<String> lines() throws IOException {
        return Document.blocks("sh").stream().flatMap(block -> block.commands().stream());
    }

    /** {@return the simple names of the Java files of all modules} */
    private static Set<String> sources() throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> modules = Files.list(ROOT).filter(module -> Files.exists(module.resolve("src")))) {
            for (Path module : modules.toList()) {
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".java"))
                            .forEach(name -> names.add(name.replace(".java", "")));
                }
            }
        }
        return names;
    }

    /** {@return what the first group of a pattern, or all of it, finds in the documents} */
    private static Stream<String> found(Pattern pattern) throws IOException {
        return Document.all().stream()
                .filter(document -> !document.path().endsWith("CHANGELOG.md"))
                .flatMap(document -> pattern.matcher(document.text()).results())
                .map(match -> match.group(match.groupCount()))
                .distinct();
    }

    /** The site, the benchmarks and the packages are not made by the command line. */
    private static boolean ofTheScript(String command) {
        return command.equals("./run site") || command.equals("./run package") || command.startsWith("./run bench");
    }

    private static void parse(String... arguments) {
        try {
            Main.commandLine().parseArgs(arguments);
        } catch (MissingParameterException e) {
            // a text that names a command need not repeat what it requires
            assertThat(e.getMissing()).isNotEmpty();
        }
    }

    private static Stream<String> commands() throws IOException {
        List<String> found = new ArrayList<>();
        for (Document document : Document.all()) {
            if (document.path().endsWith("CHANGELOG.md")) {
                continue;
            }
            Matcher matcher = INLINE.matcher(document.prose());
            while (matcher.find()) {
                found.add(matcher.group(1).strip());
            }
        }
        lines().filter(line -> BLOCK.matcher(line).matches()).forEach(found::add);
        return found.stream().distinct();
    }

    /** Placeholders are words in capital letters. */
    private static String[] arguments(String command) {
        return Arrays.stream(OPTIONAL.matcher(command.replaceFirst("^\\./run ?", ""))
                        .replaceAll("")
                        .split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static String option(String command, String name) {
        int at = command.indexOf(name);
        return at < 0 ? "" : command.substring(at + name.length()).split("\\s", 2)[0];
    }

    private static List<String> split(String names) {
        return Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static boolean isTest(String name, List<String> modules) throws IOException {
        for (String module : modules) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                if (files.anyMatch(file -> file.endsWith(name + ".java"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
