package dev.videosession.app.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Set<String> KNOWN = Set.of("host", "port", "stun", "silence");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void theCommandLineComesBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("server.properties"), "port=1\nhost=file\nstun=stun:a, stun:b");
        Map<String, String> environment = Map.of("VIDEOSESSION_PORT", "2", "VIDEOSESSION_HOST", "environment");
        Settings settings = new Settings(Map.of("port", "3", "config", file.toString()), environment::get, KNOWN);
        assertThat(settings.number("port", 0)).isEqualTo(3);
        assertThat(settings.find("host")).isEqualTo("environment");
        assertThat(settings.list("stun")).containsExactly("stun:a", "stun:b");
        assertThat(settings.find("turn")).isNull();
    }

    @Test
    void theFileMayNameFurtherProjects() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), "project.7=new,old\nproject.8=only");
        Settings settings = new Settings(Map.of(), Map.of("VIDEOSESSION_CONFIG", file.toString())::get, KNOWN);
        assertThat(settings.projects()).isEqualTo(Map.of(7, List.of("new", "old"), 8, List.of("only")));
    }

    @Test
    void secretsOfAProjectMayHaveTheNameOfTheProjectsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), "project.7.secrets=new,old");
        assertThat(settings(Map.of("config", file.toString())).projects()).isEqualTo(Map.of(7, List.of("new", "old")));
        Path both = Files.writeString(directory.resolve("both"), "project.7.secrets=new\nproject.7=other");
        Settings twice = settings(Map.of("config", both.toString()));
        assertThatIllegalArgumentException().isThrownBy(twice::projects).withMessageContaining("both set");
    }

    @Test
    void otherPropertiesOfAProjectBelongInTheProjectsFile() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), "project.7.webhook=https://example.org");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("config", file.toString())))
                .withMessageContaining("project.7.webhook belongs in the file of --projects");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new Settings(Map.of("config", "no-such-file"), name -> null, KNOWN))
                .withMessage("cannot read no-such-file: no such file");
    }

    @Test
    void anUnknownKeyOfTheFileIsRefusedWithTheNearestKnownOne() throws IOException {
        Path file = Files.writeString(directory.resolve("server.properties"), "prot=8080");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of("config", file.toString())))
                .withMessage(file + ": unknown key prot; the nearest known key is port");
    }

    @Test
    void errorsNameTheOptionAsItWasGiven() throws IOException {
        Path file = Files.writeString(directory.resolve("server.properties"), "silence=long\nproject.x=s");
        Settings settings = new Settings(
                Map.of("config", file.toString(), "port", "no"), Map.of("VIDEOSESSION_STUN", "x")::get, KNOWN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.number("port", 0))
                .withMessage("--port must be a whole number, was no");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.number("silence", 0))
                .withMessage(file + ": silence must be a whole number, was long");
        assertThatIllegalArgumentException()
                .isThrownBy(settings::projects)
                .withMessage(file + ": project.x: the key must be a whole number, was x");
        assertThat(settings.source("stun")).isEqualTo("VIDEOSESSION_STUN");
    }

    @Test
    void aSecretComesFromAFileOrDirectly() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        assertThat(settings(Map.of("api-secret-file", file.toString())).secret("api-secret"))
                .isEqualTo(SECRET);
        assertThat(settings(Map.of("api-secret", SECRET)).secret("api-secret")).isEqualTo(SECRET);
        assertThat(settings(Map.of()).secret("api-secret")).isNull();
        Settings both = settings(Map.of("api-secret", SECRET, "api-secret-file", file.toString()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.secret("api-secret"))
                .withMessage("--api-secret and --api-secret-file are both given: give one of them");
    }

    @Test
    void aSecretFileThatCannotBeUsedIsNamedAndNotShown() throws IOException {
        for (String content : List.of("", " \n", SECRET + "\n" + SECRET)) {
            Path file = Files.writeString(directory.resolve("secret"), content);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> settings(Map.of("turn-secret-file", file.toString()))
                            .secret("turn-secret"))
                    .withMessageStartingWith("cannot use " + file + ": ")
                    .withMessageNotContaining(SECRET);
        }
    }

    private static Settings settings(Map<String, String> given) throws IOException {
        return new Settings(given, name -> null, KNOWN);
    }
}
