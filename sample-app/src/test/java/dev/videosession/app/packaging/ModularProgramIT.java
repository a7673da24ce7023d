package dev.videosession.app.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with a module descriptor, on the machine's JDK and on an image made by jlink, with the flags that docs/EMBEDDING.md gives. */
class ModularProgramIT {
    private static final Path SOURCE = Path.of("src/test/resources/modular/example.viewer");
    private static final Path GUIDE = Path.of("..", "docs", "EMBEDDING.md");
    private static final String MAIN = "example.viewer/example.viewer.Viewer";

    /** What the SDK brings with it; its jars carry these names. */
    private static final Pattern SDK =
            Pattern.compile("(session-sdk|media|signaling-protocol|okhttp-jvm|okio-jvm|kotlin-stdlib|moshi"
                    + "|rxjava|reactive-streams|webrtc-java|slf4j-api|jspecify)-[0-9].*\\.jar");

    @TempDir
    static Path directory;

    private static String modulePath;
    private static Path program;

    @BeforeAll
    static void compile() throws Exception {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        SDK.matcher(Path.of(entry).getFileName().toString()).matches())
                .toList();
        assertThat(jars).as("artifacts of the SDK and what it needs").hasSizeGreaterThanOrEqualTo(13);
        modulePath = String.join(File.pathSeparator, jars);
        program = directory.resolve("program");
        run(
                tool("javac"),
                "--module-path",
                modulePath,
                "-d",
                program.toString(),
                SOURCE.resolve("module-info.java").toString(),
                SOURCE.resolve("example/viewer/Viewer.java").toString());
    }

    @Test
    void modularProgramMakesACallWithTheFlagsOfTheGuide() throws Exception {
        assertThat(call(tool("java"), false)).contains("frame 160x120 in a module");
    }

    @Test
    void modularProgramMakesAnEncryptedCallOnAnImageOfTheModulesInTheGuide() throws Exception {
        Path image = directory.resolve("image");
        run(tool("jlink"), "--add-modules", String.join(",", modulesOfTheGuide()), "--output", image.toString());
        assertThat(call(image.resolve("bin").resolve("java").toString(), true)).contains("frame 160x120 in a module");
    }

    @Test
    void guideNamesTheModulesThatTheProgramNeeds() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                tool("jdeps"),
                "--print-module-deps",
                "--ignore-missing-deps",
                "--multi-release",
                "17",
                "--module-path",
                modulePath));
        command.addAll(Arrays.asList(modulePath.split(File.pathSeparator, -1)));
        String last =
                run(command.toArray(String[]::new)).lines().reduce("", (first, second) -> second); // after warnings
        Set<String> needed = new TreeSet<>(Arrays.asList(last.split(",", -1)));
        needed.add("jdk.crypto.ec"); // found by name at run time: TLS with elliptic curves
        assertThat(modulesOfTheGuide()).isEqualTo(needed);
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

    private static String call(String java, boolean encrypted) throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        SessionId id = backend.newSession(true);
        var builder = SignalingServer.builder().project(project);
        Certificate certificate = encrypted ? Certificate.make(directory) : null;
        if (certificate != null) {
            builder.tls(certificate.chain(), certificate.key());
        }
        try (SignalingServer server = builder.start()) {
            List<String> command =
                    new ArrayList<>(List.of(java, "--module-path", modulePath + File.pathSeparator + program));
            command.addAll(optionsOfTheGuide());
            if (certificate != null) {
                command.add("-Djavax.net.ssl.trustStore=" + certificate.store());
                command.add("-Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD);
            }
            command.addAll(List.of(
                    "--module",
                    MAIN,
                    server.uri().toString(),
                    String.valueOf(project.apiKey()),
                    id.value(),
                    backend.token(id, Role.SUBSCRIBER, "watching"),
                    backend.token(id, Role.PUBLISHER, "sending")));
            return run(command.toArray(String[]::new));
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    static String run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(directory, "errors", ".log");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(() -> command[0] + ": " + output + read(errors))
                    .isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** A certificate for 127.0.0.1 that signs itself. */
    private record Certificate(Path store, Path chain, Path key) {
        static final String PASSWORD = "password";

        static Certificate make(Path directory) throws Exception {
            Path store = directory.resolve("keys.p12");
            run(
                    tool("keytool"),
                    "-genkeypair",
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD);
            var keys = java.security.KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            // a key entry is no trust anchor; a certificate entry is
            keys.setCertificateEntry("anchor", keys.getCertificate("server"));
            try (var out = Files.newOutputStream(store)) {
                keys.store(out, PASSWORD.toCharArray());
            }
            return new Certificate(
                    store,
                    pem(directory, "CERTIFICATE", keys.getCertificate("server").getEncoded()),
                    pem(
                            directory,
                            "PRIVATE KEY",
                            keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        }

        private static Path pem(Path directory, String kind, byte[] der) throws IOException {
            String body = Base64.getMimeEncoder().encodeToString(der);
            return Files.writeString(
                    directory.resolve(kind.replace(' ', '-') + ".pem"),
                    "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        }
    }
}
