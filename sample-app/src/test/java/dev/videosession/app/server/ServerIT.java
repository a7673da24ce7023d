package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.videosession.app.Main;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.process.Child;
import dev.videosession.server.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server command prints where. */
class ServerIT {
    private static final Duration STARTING = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void resultsGoToOutputAndLinesToPasteToError() throws Exception {
        try (Child server = start("server", "server", "--dev", "--port", "0")) {
            server.line("ready", STARTING, line -> line.startsWith("listening on "));
            Path log = directory.resolve("server.log");
            List<String> lines = Awaitility.await("lines to paste")
                    .atMost(STARTING)
                    .until(
                            () -> Files.readAllLines(log),
                            some -> some.stream().anyMatch(line -> line.startsWith("./run console ")));
            String call = lines.stream()
                    .filter(line -> line.startsWith("./run call "))
                    .findFirst()
                    .orElseThrow();
            List<String> words = new ArrayList<>(List.of(call.split(" ")));
            words.remove(0);
            words.set(0, "bot"); // which takes the same arguments and needs no display
            words.add("--no-publish");
            try (Child guest = start("guest", words.toArray(String[]::new))) {
                assertThat(guest.event("sessionConnected", STARTING))
                        .containsEntry("role", "publisher")
                        .containsEntry("sessionId", words.get(2));
            }
            assertThat(server.lines())
                    .extracting(line -> line.substring(0, line.indexOf(' ')))
                    .containsExactly(
                            "api-key",
                            "api-secret",
                            "session",
                            "token-subscriber",
                            "token-publisher",
                            "token-publisheronly",
                            "token-moderator",
                            "listening");
            assertThat(server.terminate()).isZero();
        }
    }

    @Test
    void hangupReadsSecretsAgainAndKeepsTheServerRunning() throws Exception {
        String old = "an old secret of more than 32 bytes";
        String fresh = "a new secret of more than 32 bytes, too";
        Path secret = Files.writeString(directory.resolve("secret"), old);
        String[] arguments = {"server", "--port", "0", "--api-key", "42", "--api-secret-file", secret.toString()};
        try (Child server = start("server", arguments)) {
            String ready = server.line("ready", STARTING, line -> line.startsWith("listening on "));
            ServerList uri = ServerList.parse(ready.substring("listening on ".length()));
            new Backend(new Project(42, old)).createSession(uri, true);
            Files.writeString(secret, fresh);
            server.signal("HUP");
            Awaitility.await("the new secret is in use")
                    .atMost(STARTING)
                    .ignoreExceptionsInstanceOf(IOException.class) // refused until the server has read the file
                    .until(() -> new Backend(new Project(42, fresh)).createSession(uri, true) != null);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new Backend(new Project(42, old)).createSession(uri, true))
                    .withMessageContaining("403");
            Files.delete(secret);
            server.signal("HUP");
            Path log = directory.resolve("server.log");
            Awaitility.await("the log names the missing file")
                    .atMost(STARTING)
                    .until(() -> Files.readString(log)
                            .contains("event=notReloaded what=api-secret-file reason=\"cannot read " + secret
                                    + ": no such file"));
            new Backend(new Project(42, fresh)).createSession(uri, true);
            assertThat(server.terminate()).isZero();
        }
    }

    private Child start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Main.class.getName()));
        command.addAll(List.of(arguments));
        return Child.java(name, directory, Map.of(), command);
    }
}
