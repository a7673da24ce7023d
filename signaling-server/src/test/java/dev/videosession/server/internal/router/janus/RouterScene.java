package dev.videosession.server.internal.router.janus;

import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.internal.router.PublicationListener;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RouterRefusal;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.janus.process.JanusProcess;
import dev.videosession.server.internal.router.janus.session.JanusJson;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.settings.JanusSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A router on Debian's Janus, with one session. */
final class RouterScene implements AutoCloseable {
    static final JanusSettings SETTINGS = new JanusSettings(Path.of("/usr/bin/janus"));

    final JanusRouter router;
    final ExecutorService session = Executors.newSingleThreadExecutor();
    final List<String> events = new CopyOnWriteArrayList<>();

    RouterScene() {
        this(JanusRouter.start("janus", SETTINGS, JanusTimings.DEFAULT, TimeSource.system()));
    }

    RouterScene(JanusRouter router) {
        this.router = router;
        awaitUp(Duration.ofSeconds(15));
    }

    void awaitUp(Duration limit) {
        await("the router is up")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(20))
                .until(router::isUp);
    }

    <T> T onLoop(Callable<T> question) throws Exception {
        return router.loop().submit(question).get(5, TimeUnit.SECONDS);
    }

    JanusProcess process() throws Exception {
        return (JanusProcess) onLoop(router.supervisor()::instance);
    }

    int handles() throws Exception {
        return onLoop(router.supervisor()::handles);
    }

    /** How many rooms and publishers Janus itself knows. */
    List<JanusJson> rooms() throws Exception {
        String key = onLoop(() -> router.supervisor().endpoint().adminKey());
        CompletableFuture<JanusJson> reply = new CompletableFuture<>();
        router.loop()
                .execute(() -> router.supervisor()
                        .control()
                        .request(Map.of("request", "list", "admin_key", key))
                        .whenComplete((answer, failure) -> reply.complete(answer)));
        return reply.get(5, TimeUnit.SECONDS).pluginData().objects("list");
    }

    RouterRoom room() {
        return router.open(session, () -> events.add("lost"));
    }

    RoutedPublication publish(RouterRoom room, String stream) {
        RoutedPublication publication = room.publish(new StreamId(stream), new Recorder(stream));
        publication.offer(1, SessionDescription.parse(DescriptionKind.OFFER, SampleSdp.offer()));
        return publication;
    }

    void awaitEvent(String start) {
        await(start)
                .atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> events.stream().anyMatch(each -> each.startsWith(start)));
    }

    static void signal(JanusProcess process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.handle().pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        router.close();
        session.shutdownNow();
    }

    private final class Recorder implements PublicationListener {
        private final String stream;

        Recorder(String stream) {
            this.stream = stream;
        }

        @Override
        public void onAnswer(int number, String sdp) {
            SessionDescription.parse(DescriptionKind.ANSWER, sdp)
                    .requireAnswers(SessionDescription.parse(DescriptionKind.OFFER, SampleSdp.offer()));
            events.add("answer " + stream);
        }

        @Override
        public void onConnected() {
            events.add("connected " + stream);
        }

        @Override
        public void onRefused(RouterRefusal refusal, String reason) {
            events.add("refused " + stream + " " + refusal + " " + reason);
        }

        @Override
        public void onEnded(String reason) {
            events.add("ended " + stream + " " + reason);
        }

        @Override
        public void onMedia(MediaKind kind, boolean receiving) {
            events.add("media " + stream + " " + kind + " " + receiving);
        }

        @Override
        public void onSlowLink(MediaKind kind, int lost) {
            events.add("slowLink " + stream + " " + kind + " " + lost);
        }
    }
}
