package dev.videosession.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void theCommandLineComesBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("server.properties"), "port=1\nhost=file\nstun=stun:a, stun:b");
        Map<String, String> environment = Map.of("VIDEOSESSION_PORT", "2", "VIDEOSESSION_HOST", "environment");
        Settings settings = new Settings(Map.of("port", "3", "config", file.toString()), environment::get);
        assertThat(settings.number("port", 0)).isEqualTo(3);
        assertThat(settings.find("host")).isEqualTo("environment");
        assertThat(settings.list("stun")).containsExactly("stun:a", "stun:b");
        assertThat(settings.find("turn")).isNull();
    }

    @Test
    void theFileMayNameFurtherProjects() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), "project.7=new,old\nproject.8=only");
        Settings settings = new Settings(Map.of(), Map.of("VIDEOSESSION_CONFIG", file.toString())::get);
        assertThat(settings.projects()).isEqualTo(Map.of(7, List.of("new", "old"), 8, List.of("only")));
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new Settings(Map.of("config", "no-such-file"), name -> null))
                .withMessageContaining("no-such-file");
    }

    @Test
    void whatCannotBeUsedIsRefusedByName() {
        assertRefused(Map.of(), "--dev");
        assertRefused(Map.of("api-key", "1"), "belong together");
        assertRefused(Map.of("api-key", "x", "api-secret", SECRET), "api-key");
        assertRefused(Map.of("api-key", "1", "api-secret", "short"), "32 bytes");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "turn", "turn:h"), "turn-secret");
        assertRefused(Map.of("api-key", "1", "api-secret", SECRET, "tls-key", "k"), "tls-cert");
    }

    private static void assertRefused(Map<String, String> given, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerFactory.start(new Settings(given, name -> null), null)
                        .close())
                .withMessageContaining(hint);
    }
}
