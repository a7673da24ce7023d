package dev.videosession.server.internal.router.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.fixture.SampleSdp;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.RoutedPublication;
import dev.videosession.server.internal.router.RoutedSubscription;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.janus.process.JanusProcess;
import dev.videosession.server.internal.router.janus.process.LinkCapacity;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.ServerLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The adapter with a real Janus, without media. */
class JanusRouterTest {
    @Test
    void publicationIsAnsweredAndLeavesNothingBehind() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            RouterRoom room = scene.room();
            RoutedPublication publication = scene.publish(room, "s-1");
            scene.awaitEvent("answer s-1");
            publication.mute(MediaKind.AUDIO, true);
            publication.mute(MediaKind.AUDIO, false);
            assertThat(scene.handles()).isEqualTo(2);
            assertThat(scene.router.counts().links()).isEqualTo(1);
            assertThat(scene.rooms()).hasSize(1);

            publication.close();
            assertThat(scene.handles()).isEqualTo(1);
            room.close();
            await().until(() -> scene.rooms().isEmpty());
            assertThat(scene.router.counts().links()).isZero();
            assertThat(scene.events).containsExactly("answer s-1");
        }
    }

    @Test
    void renegotiationGoesOverTheSameHandle() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            RoutedPublication publication = scene.publish(scene.room(), "s-1");
            scene.awaitEvent("answer s-1");
            publication.offer(
                    2,
                    SessionDescription.parse(
                            DescriptionKind.OFFER, SampleSdp.offer().replace("o=- 1 2", "o=- 1 3")));
            await().until(() -> scene.events.equals(List.of("answer s-1", "answer s-1")));
            assertThat(scene.handles()).isEqualTo(2);
        }
    }

    @Test
    void subscriptionWaitsForThePublishersMedia() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            RouterRoom room = scene.room();
            room.subscribe(new StreamId("s-1"), Layers.ALL, new SilentSubscription(scene.events));
            scene.publish(room, "s-1");
            scene.awaitEvent("answer s-1");
            assertThat(scene.handles())
                    .as("no subscriber joins before webrtcup")
                    .isEqualTo(2);
            assertThat(scene.router.counts().subscriptions())
                    .as("capacity that a subscription takes before")
                    .isZero();
            room.close();
            await().until(() -> scene.handles() == 1);
            assertThat(scene.events).containsExactly("answer s-1");
        }
    }

    @Test
    void closingWhileJoiningLeavesNothingBehind() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            RouterRoom room = scene.room();
            for (int i = 0; i < 20; i++) {
                scene.publish(room, "s-" + i).close();
            }
            await().until(() -> scene.handles() == 1);
            room.close();
            await().until(() -> scene.rooms().isEmpty());
            assertThat(scene.events).isEmpty();
        }
    }

    @Test
    void linksBeyondTheCapacityAreRefusedAndTheOthersStay() throws Exception {
        JanusRouter small = JanusRouter.start(
                "janus",
                onExit -> JanusProcess.start(RouterScene.SETTINGS, TimeSource.system(), onExit),
                new LinkCapacity(2, "limit of this test", "none"),
                JanusTimings.DEFAULT,
                TimeSource.system());
        try (RouterScene scene = new RouterScene(small)) {
            RouterRoom room = scene.room();
            RoutedPublication first = scene.publish(room, "s-1");
            scene.publish(room, "s-2");
            scene.awaitEvent("answer s-2");
            scene.publish(room, "s-3");
            scene.awaitEvent(
                    "refused s-3 CAPACITY the router has 2 links, as many as it carries because of the limit of this test");
            assertThat(scene.router.counts().links()).isEqualTo(2);
            assertThat(scene.handles()).isEqualTo(3);
            first.close();
            await().until(() -> scene.router.counts().links() == 1);
            scene.publish(room, "s-4");
            scene.awaitEvent("answer s-4");
            assertThat(scene.events).noneMatch(event -> event.startsWith("ended s-1") || event.startsWith("ended s-2"));
        }
    }

    @Test
    void twoHundredPublicationsLeaveNothingBehind() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            RouterRoom room = scene.room();
            for (int i = 0; i < 200; i++) {
                RoutedPublication publication = scene.publish(room, "s-" + i);
                scene.awaitEvent("answer s-" + i);
                publication.close();
            }
            assertThat(scene.handles()).isEqualTo(1);
            // Janus releases a handle on a thread of the handle, after it has confirmed the release
            await("no publisher at Janus").until(() -> scene.rooms().get(0).number("num_participants") == 0);
            room.close();
            await().until(() -> scene.rooms().isEmpty());
            assertThat(scene.events).hasSize(200);
        }
    }

    @Test
    void killedJanusIsReplacedAndItsRoomsAreLost() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            scene.publish(scene.room(), "s-1");
            scene.awaitEvent("answer s-1");
            JanusProcess first = scene.process();
            RouterScene.signal(first, "KILL");
            scene.awaitEvent("lost");
            scene.awaitUp(Duration.ofSeconds(5));
            assertThat(scene.events).containsExactly("answer s-1", "lost");
            assertThat(scene.router.counts().links()).isZero();
            scene.publish(scene.room(), "s-2");
            scene.awaitEvent("answer s-2");
            assertThat(scene.process()).isNotSameAs(first);
            await().until(() -> !Files.exists(first.directory()));
        }
    }

    @Test
    void hungJanusIsReplacedAndItsSessionMovesToAnotherRouter() throws Exception {
        try (RouterScene scene = new RouterScene();
                RouterScene other = new RouterScene();
                RouterPool pool = new RouterPool(
                        List.of(scene.router, other.router),
                        ServerLimits.builder().build())) {
            List<RouterRoom> placed = new CopyOnWriteArrayList<>();
            pool.place(scene.session, placed::add, () -> pool.place(scene.session, placed::add, () -> {}));
            await().until(() -> placed.size() == 1);
            scene.publish(placed.get(0), "s-1");
            scene.awaitEvent("answer s-1");
            JanusProcess first = scene.process();
            RouterScene.signal(first, "STOP");
            await("the session is placed again").atMost(Duration.ofSeconds(8)).until(() -> placed.size() == 2);
            assertThat(other.router.counts().rooms()).isEqualTo(1);
            scene.publish(placed.get(1), "s-2");
            scene.awaitEvent("answer s-2");
            scene.awaitUp(Duration.ofSeconds(8));
            await().until(() -> !first.handle().isAlive());
            assertThat(scene.router.restarts()).isEqualTo(1);
            assertThat(scene.router.counts().rooms()).isZero();
        }
    }

    @Test
    void brokenSocketIsReplacedAndTheSessionReclaimed() throws Exception {
        try (JanusProcess process = JanusProcess.start(RouterScene.SETTINGS, TimeSource.system(), reason -> {});
                CuttableProxy proxy = new CuttableProxy(process.endpoint().uri().getPort());
                RouterScene scene = new RouterScene(JanusRouter.connect(
                        new JanusEndpoint(
                                proxy.uri(),
                                process.endpoint().apiSecret(),
                                process.endpoint().adminKey()),
                        JanusTimings.DEFAULT,
                        TimeSource.system()))) {
            RoutedPublication publication = scene.publish(scene.room(), "s-1");
            scene.awaitEvent("answer s-1");
            for (int i = 3; i < 8; i++) {
                proxy.cut();
                publication.offer(
                        i,
                        SessionDescription.parse(
                                DescriptionKind.OFFER, SampleSdp.offer().replace("o=- 1 2", "o=- 1 " + i)));
                int answers = i - 1;
                await("an answer after the cut").until(() -> scene.events.size() == answers);
            }
            assertThat(scene.events).containsOnly("answer s-1");
            assertThat(scene.router.restarts()).isZero();
            publication.close();
            await().until(() -> scene.rooms().get(0).number("num_participants") == 0);
        }
    }

    @Test
    void subscriptionsThatJanusRefusesLeaveNothingBehind() throws Exception {
        try (RouterScene scene = new RouterScene()) {
            JanusRoom room = (JanusRoom) scene.room();
            JanusPublication publication = (JanusPublication) scene.publish(room, "s-1");
            scene.awaitEvent("answer s-1");
            publication.offer(2, SessionDescription.parse(DescriptionKind.OFFER, SampleSdp.offer()));
            for (int i = 0; i < 50; i++) {
                List<RoutedSubscription> subscriptions = new ArrayList<>();
                for (int j = 0; j < 10; j++) {
                    subscriptions.add(
                            room.subscribe(new StreamId("s-1"), Layers.ALL, new SilentSubscription(scene.events)));
                }
                room.execute(() -> room.connected(publication)); // Janus knows better, and refuses the join
                if (i % 2 == 0) {
                    subscriptions.forEach(RoutedSubscription::close);
                }
                await("the end of all subscriptions")
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> scene.onLoop(scene.router.counts()::subscriptions) == 0);
                await("the publisher's handle alone").until(() -> scene.handles() == 2);
            }
            publication.close();
            await().until(() -> scene.handles() == 1);
        }
    }

    @Test
    void secretsAreReadableByThisUserOnly() throws Exception {
        Path directory;
        ProcessHandle process;
        try (RouterScene scene = new RouterScene()) {
            JanusProcess janus = scene.process();
            directory = janus.directory();
            process = janus.handle();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            String secret = janus.endpoint().apiSecret();
            assertThat(secret).hasSizeGreaterThanOrEqualTo(32);
            assertThat(Files.readString(directory.resolve("janus.jcfg"))).contains(secret);
            assertThat(process.info().commandLine().orElse(""))
                    .contains("janus")
                    .doesNotContain(secret);
            assertThat(janus.endpoint().toString())
                    .doesNotContain(secret)
                    .doesNotContain(janus.endpoint().adminKey());
            String environment = Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
            assertThat(Pattern.compile("\0")
                            .splitAsStream(environment)
                            .map(each -> each.substring(0, each.indexOf('='))))
                    .isSubsetOf("PATH", "LANG", "LC_ALL", "TZ");
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(directory).doesNotExist();
    }
}
