package dev.videosession.app.guide;

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
import java.time.Duration;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;

/** The migrated client of the guide publishes, and shows a remote stream while it exists. */
class MigratedClientIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Project project = Backend.newProject();
    private final String apiKey = String.valueOf(project.apiKey());
    private final Backend backend = new Backend(project);
    private final SessionId id = backend.newSession(true);
    private final JPanel own = new JPanel();
    private final JPanel remote = new JPanel();
    private final JLabel status = new JLabel("");

    private static Publisher pattern(String name) {
        return Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                .name(name)
                .build();
    }

    @Test
    void showsTheRemoteStreamWhileItExists() throws IOException, ReflectiveOperationException, InterruptedException {
        try (SignalingServer server = SignalingServer.builder().project(project).start();
                Session other =
                        Session.builder(server.uri(), apiKey, id.value()).build();
                Publisher camera = pattern("Ada");
                Publisher others = pattern("Bob");
                MigratedClient client =
                        new MigratedClient(server.uri(), apiKey, id.value(), camera, own, remote, status)) {
            other.connect(backend.token(id, Role.PUBLISHER, "name=Bob")).blockingAwait();
            other.publish(others).blockingAwait();
            SwingUtilities.invokeAndWait(() -> client.connect(backend.token(id, Role.PUBLISHER, "name=Ada")));
            await("the remote video").atMost(LIMIT).until(() -> remote.getComponentCount() == 1);
            await("the own stream").atMost(LIMIT).until(() -> camera.stream().isPresent());
            others.destroy();
            await("the end").atMost(LIMIT).until(() -> remote.getComponentCount() == 0);
            assertThat(own.getComponentCount()).isEqualTo(1);
            assertThat(status.getText()).isEmpty();
        }
    }
}
