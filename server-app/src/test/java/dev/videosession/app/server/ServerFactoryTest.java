package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFactoryTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    @Test
    void whatCannotBeUsedIsRefusedByName() {
        assertRefused(Map.of(), "--dev");
        assertRefused(Map.of("api-key", "1"), "--api-secret-file");
        assertRefused(Map.of("api-key", "x", "api-secret", SECRET), "--api-key must be a whole number");
        assertRefused(Map.of("api-key", "1", "api-secret", "short"), "32 bytes");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "turn", "turn:h"), "--turn-secret-file");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "tls-key", "k"), "--tls-cert");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "port", "70000"), "--port: ");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "heartbeat", "0"), "--heartbeat: ");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "admin-port", "-1"), "--admin-port: ");
        assertRefused(
                Map.of("api-key", "1", "api-secret", SECRET, "trusted-proxy", "10.0.0.0/8,nginx"),
                "--trusted-proxy: not an IP address or range: \"nginx\"");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "max-token-life", "0"), "--max-token-life: ");
        String id = "78d335fa-323d-0114-9c3d-d6f0d48968cf";
        assertRefused(Map.of("api-key", "1", "application-id", id), "--public-key-file");
        assertRefused(Map.of("application-id", "47", "public-key-file", "k"), "--application-id must be a UUID");
    }

    @Test
    void adminPortIsOpened() throws IOException {
        Map<String, String> given =
                Map.of("api-key", "1", "api-secret", SECRET, "port", "0", "admin-port", "0", "trusted-proxy", "::1");
        try (SignalingServer server = ServerFactory.start(ServerCommand.settings(given, name -> null), null)) {
            assertThat(server.adminAddress())
                    .hasValueSatisfying(address ->
                            assertThat(address.getAddress().isLoopbackAddress()).isTrue());
        }
    }

    @Test
    void applicationAndSecretStandSideBySide() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        Path key = Files.writeString(
                directory.resolve("public.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        UUID id = UUID.fromString("78d335fa-323d-0114-9c3d-d6f0d48968cf");
        Map<String, String> application = Map.of(
                "port", "0", "api-key", "47", "application-id", id.toString(), "public-key-file", key.toString());
        try (SignalingServer server = start(application)) {
            assertThat(server.projects().find(47).orElseThrow().secrets()).isEmpty();
        }
        Map<String, String> both = new HashMap<>(application);
        both.put("api-secret", SECRET);
        both.put("max-token-life", "3600");
        try (SignalingServer server = start(both)) {
            Project project =
                    server.projects().find(ProjectId.ofApplication(id)).orElseThrow();
            assertThat(project.signingSecret()).isEqualTo(SECRET);
            assertThat(project.apiKey()).isEqualTo(47);
        }
    }

    private static SignalingServer start(Map<String, String> given) throws IOException {
        return ServerFactory.start(ServerCommand.settings(given, name -> null), null);
    }

    private static void assertRefused(Map<String, String> given, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerFactory.start(ServerCommand.settings(given, name -> null), null)
                        .close())
                .withMessageContaining(hint);
    }
}
