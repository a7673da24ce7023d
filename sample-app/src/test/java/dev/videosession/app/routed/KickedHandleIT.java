package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The router releases the handles of a removed participant, even if its process does nothing. */
@Tag("faults")
class KickedHandleIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration RELEASED = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @Test
    void handlesOfASuspendedProcessAreReleased() throws Exception {
        try (OwnJanus janus = new OwnJanus(directory);
                LiveSession call = new LiveSession(
                        directory,
                        "--router",
                        janus.uri().toString(),
                        "--router-admin-key-file",
                        janus.keyFile().toString())) {
            Child victim = call.bot("victim", call.token("publisher"), "--video", "320x180@15");
            Child viewer = call.bot("viewer", call.token("subscriber"), "--no-publish");
            Child moderator = call.bot("moderator", call.token("moderator"), "--no-publish");
            viewer.event("firstFrame", LIMIT);
            moderator.event("firstFrame", LIMIT);
            assertThat(janus.handles())
                    .as("control, publisher, two subscribers")
                    .isEqualTo(4);
            victim.signal("STOP");
            moderator.send("{\"do\":\"forceDisconnect\",\"connection\":\"" + LiveSession.connection(victim) + "\"}");
            moderator.event("done", LIMIT, event -> "forceDisconnect".equals(event.get("do")));
            await("only the server's own handle is left")
                    .atMost(RELEASED)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> janus.handles() == 1);
            assertThat(victim.isAlive()).isTrue();
        }
    }
}
