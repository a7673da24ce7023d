package dev.videosession.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.document.Document;
import dev.videosession.app.packaging.Certificate;
import dev.videosession.app.server.Backend;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines for curl, keytool and the environment in the documents, run by a shell against a server. */
class DocumentedShellIT {
    /** Key and secret as in the documents. */
    private static final Project PROJECT = new Project(47_000_001, "0123456789abcdef0123456789abcdef");

    private final SessionId session = new Backend(PROJECT).newSession(true);

    @TempDir
    private Path directory;

    @Test
    void requestsAreAnswered() throws Exception {
        CompletableFuture<SessionDisconnectEvent> end = new CompletableFuture<>();
        try (SignalingServer server = SignalingServer.builder().project(PROJECT).start();
                Session client = Session.builder(server.uri(), String.valueOf(PROJECT.apiKey()), session.value())
                        .build()) {
            client.addListener(new SessionListener() {
                @Override
                public void onDisconnected(SessionDisconnectEvent event) {
                    end.complete(event);
                }
            });
            client.connect(new Backend(PROJECT).token(session, Role.PUBLISHER, "Ada"))
                    .blockingAwait();
            String connection = client.connection().orElseThrow().id().value();

            for (String line : lines("curl ")) {
                String answer = shell(
                        line.replace("https://video.example.org", server.uri().toString())
                                .replace("http://127.0.0.1:8080", server.uri().toString())
                                .replace("SESSION", session.value())
                                .replace("CID", connection)
                                .replace("$JWT", new TokenIssuer(PROJECT).rest()));
                assertThat(answer).as(line).satisfies(text -> check(line, text, connection));
            }
            await("removed by the documented request").until(end::isDone);
            assertThat(end.join().message()).contains("Bye");
        }
    }

    private static void check(String line, String answer, String connection) {
        if (line.contains("/health")) {
            assertThat(answer).contains("\"status\":\"up\"");
        } else if (line.contains("DELETE")) {
            assertThat(answer).doesNotContain("\"code\"");
        } else {
            assertThat(line).contains("/connection");
            assertThat(answer).contains(connection);
        }
    }

    @Test
    void aCertificateOfAPrivateAuthorityIsTrusted() throws Exception {
        Certificate certificate = Certificate.make(directory);
        Files.copy(certificate.chain(), directory.resolve("authority.pem"));
        Files.writeString(directory.resolve("secret"), PROJECT.signingSecret());
        try (SignalingServer server = SignalingServer.builder()
                .project(PROJECT)
                .tls(certificate.chain(), certificate.key())
                .start()) {
            String program = "java -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' "
                    + Main.class.getName() + " session " + server.uri()
                    + " --api-key 47000001 --api-secret-file secret";
            List<String> documented = lines("keytool ", "export ");
            assertThat(documented).hasSize(2);
            assertThat(shell(String.join(" && ", documented) + " && " + program))
                    .startsWith("2_");
        }
    }

    private static List<String> lines(String... starts) throws IOException {
        List<String> lines = Document.blocks("sh").stream()
                .flatMap(block -> block.commands().stream())
                .filter(line -> List.of(starts).stream().anyMatch(line::startsWith))
                .toList();
        assertThat(lines).isNotEmpty();
        return lines;
    }

    /** {@return what a line writes to standard output} */
    private String shell(String line) throws Exception {
        Path errors = directory.resolve("errors");
        Process process = new ProcessBuilder("bash", "-euc", line)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(() -> line + "\n" + output + read(errors))
                .isZero();
        return output;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
