package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls through a real media router. */
class RoutedIT {
    private final LiveServer server =
            new LiveServer(LiveServer.QUICK, builder -> builder.router(new JanusSettings(Path.of("/usr/bin/janus"))));
    private final SessionId id = server.newRoutedSession();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void onePublisherIsSeenAndHeardByThreeSubscribersOverOneLink() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                Participant cid = server.join(id, Role.SUBSCRIBER, "cid");
                Participant dan = server.join(id, Role.SUBSCRIBER, "dan")) {
            Publisher camera = ada.publishCamera(440);
            for (Participant each : List.of(bob, cid, dan)) {
                each.awaitFrames("ada-cam");
            }
            await("the tone")
                    .atMost(Participant.LIMIT)
                    .until(() -> bob.received.get("ada-cam").tone.hertz() > 400);
            await("ada is the active speaker")
                    .atMost(Participant.LIMIT)
                    .until(() ->
                            bob.session.speakers().active().map(Stream::name).equals(Optional.of("ada-cam")));
            assertThat(camera.stats().blockingGet()).hasSize(1);
        }
    }

    @Test
    void mediaReturnsAfterTheRouterWasKilled() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            Publisher adaCamera = ada.publishCamera(440);
            Publisher bobCamera = bob.publishCamera(660);
            bob.awaitFrames("ada-cam");
            ada.awaitFrames("bob-cam");
            List<String> adaBefore = List.copyOf(ada.events);
            List<String> bobBefore = List.copyOf(bob.events);
            ProcessHandle first = janus();
            first.destroyForcibly();
            await("the router has ended").until(() -> !first.isAlive());
            long adaCaptured = adaCamera.video().frames(); // earlier frames are shown for a while
            long bobCaptured = bobCamera.video().frames();
            await("videos are back").atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(ada.received.get("bob-cam").lastFrameNumber.get()).isGreaterThan(bobCaptured);
                assertThat(bob.received.get("ada-cam").lastFrameNumber.get()).isGreaterThan(adaCaptured);
            });
            assertThat(ada.events).isEqualTo(adaBefore);
            assertThat(bob.events).isEqualTo(bobBefore);
        }
    }

    @Test
    void forceDisconnectEndsTheStream() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.MODERATOR, "bob")) {
            ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            bob.session.forceDisconnect(bob.stream("ada-cam").connection()).blockingAwait();
            bob.awaitEvent("streamDestroyed ada-cam forceDisconnected");
            ada.awaitEvent("sessionDisconnected forceDisconnected kicked");
        }
    }

    @Test
    void forcedMuteSilencesTheStreamUntilItsPublisherUnmutesIt() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.MODERATOR, "bob")) {
            Publisher camera = ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            Participant.Received stream = bob.received.get("ada-cam");
            await("the tone").atMost(Participant.LIMIT).until(() -> stream.tone.hertz() > 400);
            bob.session.forceMuteStream(bob.stream("ada-cam").id()).blockingAwait();
            await("silence").atMost(Participant.LIMIT).until(() -> stream.tone.hertz() == 0);
            camera.publishAudio(true);
            await("the tone").atMost(Participant.LIMIT).until(() -> stream.tone.hertz() > 400);
        }
    }

    @Test
    void routerSendsNoVideoToASubscriberThatWantsNone() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                Participant cid = server.join(id, Role.SUBSCRIBER, "cid")) {
            ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            cid.awaitFrames("ada-cam");
            Subscriber subscriber = bob.received.get("ada-cam").subscriber;
            subscriber.subscribeToVideo(false);
            await("no more frames").atMost(Participant.LIMIT).until(() -> {
                long before = subscriber.stats().blockingGet().frames();
                cid.awaitNewFrames("ada-cam");
                cid.awaitNewFrames("ada-cam");
                return subscriber.stats().blockingGet().frames() == before;
            });
            subscriber.subscribeToVideo(true);
            bob.awaitNewFrames("ada-cam");
        }
    }

    @Test
    void streamIsPublishedAndSubscribedAgain() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                Participant cid = server.join(id, Role.SUBSCRIBER, "cid")) {
            Publisher camera = ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            cid.awaitFrames("ada-cam");
            bob.session.unsubscribe(bob.received.get("ada-cam").subscriber);
            cid.awaitNewFrames("ada-cam");
            ada.session.unpublish(camera).blockingAwait();
            cid.awaitEvent("streamDestroyed ada-cam clientDisconnected");
            cid.received.clear();
            ada.publishCamera(440);
            cid.awaitFrames("ada-cam");
        }
    }

    @Test
    void eachSubscriberGetsTheSizeThatItPrefers() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                Participant cid = server.join(id, Role.SUBSCRIBER, "cid")) {
            Publisher camera = Publisher.builder()
                    .video(VideoSources.pattern(new VideoFormat(1280, 720, 15)))
                    .name("hd")
                    .build();
            ada.session.publish(camera).blockingAwait();
            VideoFeed large = cid.awaitStream("hd").subscriber.video();
            Subscriber small = bob.awaitStream("hd").subscriber;
            awaitWidth(large, 1280);
            awaitWidth(small.video(), 1280);
            small.setPreferredResolution(new Dimensions(320, 180));
            awaitWidth(small.video(), 320);
            bob.awaitNewFrames("hd");
            assertThat(large.width()).isEqualTo(1280);
            small.setPreferredResolution(new Dimensions(640, 360));
            awaitWidth(small.video(), 640);
            small.setPreferredResolution(new Dimensions(1280, 720));
            awaitWidth(small.video(), 1280);
            bob.awaitNewFrames("hd");
            cid.awaitNewFrames("hd");

            camera.switchVideo(VideoSources.pattern(new VideoFormat(854, 480, 15)))
                    .blockingAwait();
            awaitWidth(large, 854);
            small.setPreferredResolution(new Dimensions(427, 240));
            awaitWidth(small.video(), 427);
        }
    }

    private static void awaitWidth(VideoFeed feed, int width) {
        await("width " + width).atMost(Participant.LIMIT).until(() -> feed.width() == width);
    }

    /** The router's process, a child of this one. */
    private static ProcessHandle janus() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/janus"))
                .findFirst()
                .orElseThrow();
    }
}
