package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.server.Backend;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.Subscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a subscriber waits for the first frame, beside one that speaks to Janus directly, in turns. */
class FirstFrameIT {
    private static final VideoFormat FORMAT = new VideoFormat(640, 360, 30);
    private static final int ROUNDS = 40;
    private static final int WARM_UP = 5;
    private static final long LIMIT_MILLIS = 150;
    private static final long MAX_ADDED_MILLIS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    /** First frames in turns, in milliseconds. */
    private record FirstFrames(List<Long> ours, List<Long> direct) {}

    /** The short form: whatever the load of the machine, it slows both down. */
    @Test
    void firstFrameIsAboutAsFastAsWithJanusAlone() throws Exception {
        FirstFrames frames = firstFrames(1, 3);
        assertThat(percentile(frames.ours, 0))
                .isLessThanOrEqualTo(3 * percentile(frames.direct, 100) + MAX_ADDED_MILLIS);
    }

    @Tag("faults")
    @Test
    void firstFrameFollowsSubscribeWithoutMuchDelay() throws Exception {
        FirstFrames frames = firstFrames(WARM_UP, ROUNDS);
        System.out.println("first frame after subscribe: p50 " + percentile(frames.ours, 50) + ", p95 "
                + percentile(frames.ours, 95) + " ms; bare Janus in the same run: p50 "
                + percentile(frames.direct, 50) + ", p95 " + percentile(frames.direct, 95) + " ms");
        assertThat(percentile(frames.ours, 50)).isLessThanOrEqualTo(LIMIT_MILLIS);
        assertThat(percentile(frames.ours, 50) - percentile(frames.direct, 50))
                .as("what the server adds")
                .isLessThanOrEqualTo(MAX_ADDED_MILLIS);
    }

    private FirstFrames firstFrames(int warmUp, int rounds) throws Exception {
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        SessionId id = backend.newSession(false);
        try (OwnJanus janus = new OwnJanus(directory);
                SignalingServer server = SignalingServer.builder()
                        .project(project)
                        .router(new JanusEndpoint(janus.uri(), "", OwnJanus.ADMIN_KEY))
                        .start();
                MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
                Session publishing = session(server, backend, id, engine);
                Session watching = session(server, backend, id, engine);
                BareSubscriber bare = new BareSubscriber(RtcEngine.of(engine), janus, FORMAT)) {
            publishing.connect(backend.token(id, Role.PUBLISHER, "ada")).blockingAwait();
            Publisher camera = Publisher.builder()
                    .mediaEngine(engine)
                    .video(VideoSources.pattern(FORMAT))
                    .build();
            publishing.publish(camera).blockingAwait();
            watching.connect(backend.token(id, Role.SUBSCRIBER, "bob")).blockingAwait();
            await("the stream").atMost(LIMIT).until(() -> !watching.streams().isEmpty());
            FirstFrames frames = new FirstFrames(new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < warmUp + rounds; i++) {
                long mine = firstFrameMillis(watching);
                long plain = bare.firstFrameMillis();
                if (i >= warmUp) {
                    frames.ours.add(mine);
                    frames.direct.add(plain);
                }
            }
            camera.destroy();
            return frames;
        }
    }

    private static Session session(SignalingServer server, Backend backend, SessionId id, MediaEngine engine) {
        return Session.builder(server.uri(), backend.apiKey(), id.value())
                .mediaEngine(engine)
                .build();
    }

    private static long firstFrameMillis(Session session) throws InterruptedException {
        FrameWatch watch = new FrameWatch();
        long start = System.nanoTime();
        Subscriber subscriber = session.subscribe(session.streams().get(0));
        subscriber.video().addSink(watch);
        long millis = TimeUnit.NANOSECONDS.toMillis(watch.await(LIMIT) - start);
        subscriber.destroy();
        return millis;
    }

    private static long percentile(List<Long> values, int percent) {
        return values.stream().sorted().toList().get(Math.min(values.size() - 1, values.size() * percent / 100));
    }
}
