package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.app.server.config.Settings;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.internal.token.TokenVerifier;
import dev.videosession.server.internal.token.VerifiedToken;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BackendTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String[] PROJECT = {"--api-key", "42", "--api-secret", SECRET};

    @Test
    void theCommandsPrintAnIdAndATokenThatTheServerAccepts() throws Exception {
        String id;
        try (SignalingServer server =
                SignalingServer.builder().project(42, SECRET).start()) {
            id = run(new SessionCommand(), server.uri().toString(), "--p2p", "disabled");
        }
        SessionId session = new SessionId(id);
        assertThat(SessionIds.read(session)).contains(new SessionIds.Parts(42, false));
        String token = run(
                new TokenCommand(), "--session", id, "--role", "moderator", "--data", "name=Ada", "--expires", "60");
        VerifiedToken verified = new TokenVerifier(new Projects().put(new Project(42, SECRET)), Clock.systemUTC())
                .verify(session, token);
        assertThat(verified.role()).isEqualTo(Role.MODERATOR);
        assertThat(verified.data()).isEqualTo("name=Ada");
    }

    @Test
    void projectsOfAFileAreServed(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("projects.properties");
        Files.writeString(file, "project.42.secrets = " + SECRET + "\n");
        Settings settings = ServerCommand.settings(Map.of("port", "0", "projects", file.toString()), name -> null);
        try (SignalingServer server = ServerFactory.start(settings, null)) {
            assertThat(run(new SessionCommand(), server.uri().toString())).startsWith("2_");
        }
        assertThatThrownBy(() -> ServerFactory.start(settings, new Project(43, SECRET)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names all projects");
    }

    @Test
    void aRefusalOfTheServerIsPrinted() throws Exception {
        try (SignalingServer server = SignalingServer.builder()
                .project(42, "another secret of this very project")
                .start()) {
            assertThat(refusal(server.uri().toString())).contains("403");
        }
        assertThat(refusal("http://127.0.0.1:1")).contains("cannot reach the server at http://127.0.0.1:1");
    }

    private static String refusal(String server) {
        StringWriter errors = new StringWriter();
        int exitCode = new CommandLine(new SessionCommand())
                .setErr(new PrintWriter(errors))
                .execute("--api-key", "42", "--api-secret", SECRET, server);
        assertThat(exitCode).isEqualTo(1);
        return errors.toString();
    }

    @Test
    void aTokenForASessionOfAnotherProjectIsRefused() {
        String foreign = new Backend(new Project(43, SECRET)).newSession(true).value();
        StringWriter errors = new StringWriter();
        int exitCode = new CommandLine(new TokenCommand())
                .setErr(new PrintWriter(errors))
                .execute("--api-key", "42", "--api-secret", SECRET, "--session", foreign);
        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("not one of project 42");
    }

    private static String run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = new String[PROJECT.length + arguments.length];
        System.arraycopy(PROJECT, 0, all, 0, PROJECT.length);
        System.arraycopy(arguments, 0, all, PROJECT.length, arguments.length);
        assertThat(new CommandLine(command).setOut(new PrintWriter(out)).execute(all))
                .isZero();
        assertThat(out.toString().lines()).hasSize(1);
        return out.toString().strip();
    }
}
