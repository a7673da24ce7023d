package dev.videosession.app.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.server.Backend;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.junit.jupiter.api.Test;

/** The program of README.md is the one that is compiled here, and does what it says. */
class FirstProgramIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Path HERE = Path.of("src/test/java/dev/videosession/app/samples/FirstProgram.java");

    @Test
    void readmeShowsThisProgram() throws IOException {
        String[] blocks = Files.readString(Path.of("..", "README.md")).split("```java\n");
        assertThat(blocks).hasSize(3);
        List<String> compiled = lines(Files.readString(HERE));
        List<String> shown = lines(code(blocks[1]).replace("URI.create(\"http://127.0.0.1:8080\")", "server")).stream()
                .filter(line -> !line.startsWith("Publisher publisher = "))
                .toList();
        assertThat(compiled).containsSubsequence(shown);
        for (int block = 1; block <= 2; block++) {
            String publisher = lines(code(blocks[block])).stream()
                    .filter(line -> line.startsWith("Publisher publisher = "))
                    .findFirst()
                    .orElseThrow();
            assertThat(compiled).anyMatch(line -> line.endsWith(publisher.substring(publisher.indexOf('='))));
        }
    }

    private static String code(String block) {
        return block.substring(0, block.indexOf("```"));
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void viewsComeAndGoWithTheStreams() throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        SessionId id = backend.newSession(true);
        JPanel grid = new JPanel();
        JLabel status = new JLabel();
        try (SignalingServer server = SignalingServer.builder().project(project).start();
                Publisher own = camera();
                Publisher others = camera();
                Session host = Session.builder(server.uri(), String.valueOf(project.apiKey()), id.value())
                        .build()) {
            Session session = FirstProgram.start(
                    server.uri(),
                    String.valueOf(project.apiKey()),
                    id.value(),
                    backend.token(id, Role.PUBLISHER, "ada"),
                    own,
                    grid,
                    status);
            try (session) {
                host.connect(backend.token(id, Role.MODERATOR, "host")).blockingAwait();
                await("ada publishes").atMost(LIMIT).until(() -> own.stream().isPresent());
                host.publish(others).blockingAwait();
                awaitViews(grid, 1);
                host.unpublish(others).blockingAwait();
                awaitViews(grid, 0);
                try (Publisher again = camera()) {
                    host.publish(again).blockingAwait();
                    awaitViews(grid, 1);
                    assertThat(status.getText()).isEmpty();
                    host.forceDisconnect(session.connection().orElseThrow()).blockingAwait();
                    awaitViews(grid, 0);
                }
                assertThat(status.getText()).isEqualTo("forceDisconnected");
            }
        }
        FirstProgram.publishers().forEach(Publisher::close);
    }

    private static void awaitViews(JPanel grid, int number) {
        await(number + " views").atMost(LIMIT).until(() -> grid.getComponentCount() == number);
    }

    private static Publisher camera() {
        return Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                .build();
    }
}
