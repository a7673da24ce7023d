package dev.videosession.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsFileTest {
    private static final String OLD = "old-".repeat(10);
    private static final String NEW = "new-".repeat(10);

    @TempDir
    Path directory;

    private Path write(String... lines) throws IOException {
        return Files.write(directory.resolve("projects.properties"), List.of(lines));
    }

    @Test
    void severalProjectsWithSeveralSecrets() throws IOException {
        Path path = write(
                "# ours",
                "project.13.secrets = " + NEW + " , " + OLD,
                "project.13.webhook = https://example.org/events?a=b",
                "project.7.secrets=" + OLD);
        assertThat(new ProjectsFile(path).read())
                .containsExactly(
                        new Project(7, OLD),
                        new Project(13, List.of(NEW, OLD), URI.create("https://example.org/events?a=b")));
    }

    @ParameterizedTest
    @CsvSource({
        "projects.1.secrets=SECRET,unknown key",
        "project.1.secret=SECRET,unknown key",
        "project.x.secrets=SECRET,must be a number",
        "project.0.secrets=SECRET,apiKey",
        "project.1.secrets=,no secret",
        "project.1.secrets=SECRE,shorter than 32",
        "project.1.webhook=http://example.org,secrets is missing",
        "#nothing,names no project",
        "project.1.secrets=\\uSECRET,not a properties file"
    })
    void mistakesAreNamedAndSecretsAreNot(String line, String words) throws IOException {
        Path path = write(line.replace("SECRET", OLD).replace("SECRE", "SHORT-ONE"));
        assertThatThrownBy(() -> new ProjectsFile(path).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words)
                .hasMessageContaining("projects.properties")
                .message()
                .doesNotContain(OLD, "SHORT-ONE");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.org/x",
        "file:///etc/passwd",
        "example.org",
        "http:///x",
        "https://user:password@example.org/",
        "https://exa mple.org/"
    })
    void webhooksAreWebAddresses(String webhook) throws IOException {
        Path path = write("project.1.secrets=" + OLD, "project.1.webhook=" + webhook);
        assertThatThrownBy(() -> new ProjectsFile(path).read()).hasMessageContaining("webhook");
    }

    @Test
    void changesAreFollowedAndMistakesChangeNothing() throws IOException {
        Path path = write("project.1.secrets=" + OLD, "project.2.secrets=" + OLD);
        Projects projects = new Projects();
        try (ProjectsFileWatch watch = new ProjectsFileWatch(new ProjectsFile(path), projects, Duration.ofMillis(10))) {
            assertThat(projects.find(2)).isPresent();
            write("project.1.secrets=" + NEW + "," + OLD);
            Awaitility.await().until(() -> projects.find(2).isEmpty());
            assertThat(projects.find(1)).contains(new Project(1, List.of(NEW, OLD)));
        }
        try (ProjectsFileWatch watch = new ProjectsFileWatch(new ProjectsFile(path), projects, Duration.ofHours(1))) {
            assertThat(watch.reload()).isFalse();
            write("nonsense");
            assertThatThrownBy(watch::reload).isInstanceOf(IOException.class);
            assertThat(projects.find(1)).isPresent();
            assertThat(watch.reload()).isFalse();
            write("project.3.secrets=" + NEW);
            assertThat(watch.reload()).isTrue();
            assertThat(projects.find(1)).isEmpty();
            assertThat(projects.find(3)).isPresent();
        }
    }
}
