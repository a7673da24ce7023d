package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.CustomVideo;
import dev.videosession.media.Devices;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.SessionException;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A publisher changes its video while subscribers receive it, over a real server and real media. */
class PublisherVideoIT {
    private final LiveServer server = new LiveServer(LiveServer.QUICK);
    private final List<String> sizes = new CopyOnWriteArrayList<>();
    private Participant ada;
    private Participant bob;
    private Publisher camera;
    private Participant.Received seen;

    @BeforeEach
    void bobSeesAda() {
        SessionId id = server.newSession();
        ada = server.join(id, Role.PUBLISHER, "ada");
        bob = server.join(id, Role.SUBSCRIBER, "bob");
        camera = ada.publishCamera(440);
        bob.awaitFrames("ada-cam");
        seen = bob.received.get("ada-cam");
        camera.addListener(new PublisherListener() {
            @Override
            public void onVideoDimensionsChanged(Dimensions before, Dimensions now) {
                sizes.add("own " + text(before) + " to " + text(now));
            }
        });
        seen.subscriber.addListener(new SubscriberListener() {
            @Override
            public void onVideoDimensionsChanged(Dimensions before, Dimensions now) {
                sizes.add("received " + text(before) + " to " + text(now));
            }
        });
    }

    private static String text(Dimensions size) {
        return size.width() + "x" + size.height();
    }

    @AfterEach
    void closeEverything() {
        ada.close();
        bob.close();
        server.close();
    }

    private void awaitSize(int width, int height) {
        VideoFeed received = seen.subscriber.video();
        await("bob receives " + width + "x" + height)
                .atMost(Participant.LIMIT)
                .until(() -> received.width() == width && received.height() == height);
    }

    private void awaitReceived(String line) {
        await(line + ", was " + sizes).atMost(Participant.LIMIT).until(() -> sizes.contains(line));
    }

    @Test
    void anotherSourceTakesOverWithoutANewStream() {
        camera.switchVideo(VideoSources.pattern(new VideoFormat(480, 270, 15))).blockingAwait();
        awaitSize(480, 270);
        bob.awaitEvent("videoDimensions of ada-cam " + new Dimensions(480, 270));
        awaitReceived("own 320x240 to 480x270");
        awaitReceived("received 320x240 to 480x270");

        CustomVideo drawn = VideoSources.custom(new VideoFormat(160, 120, 10));
        camera.switchVideo(drawn).blockingAwait();
        bob.awaitEvent("videoType of ada-cam CUSTOM");
        BufferedImage red = new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB);
        red.setRGB(
                0,
                0,
                160,
                120,
                Collections.nCopies(160 * 120, 0xFF0000).stream()
                        .mapToInt(Integer::intValue)
                        .toArray(),
                0,
                160);
        await("bob sees red").atMost(Participant.LIMIT).until(() -> {
            drawn.pushImage(red);
            return seen.subscriber
                    .snapshot()
                    .filter(image -> image.getWidth() == 160 && isRed(image.getRGB(80, 60)))
                    .isPresent();
        });
        bob.awaitEvent("videoDimensions of ada-cam " + new Dimensions(160, 120));
        assertThat(bob.events.stream().filter(event -> event.startsWith("stream")))
                .containsExactly("streamCreated ada-cam");
        assertThat(isRed(camera.snapshot().orElseThrow().getRGB(80, 60))).isTrue();
    }

    private static boolean isRed(int rgb) {
        return (rgb >> 16 & 0xFF) > 200 && (rgb >> 8 & 0xFF) < 60 && (rgb & 0xFF) < 60;
    }

    @Test
    void aSourceThatDoesNotStartLeavesTheOldOneRunning() {
        Assumptions.assumeTrue(Devices.cameras().isEmpty(), "this machine has a camera");
        assertThatThrownBy(() -> camera.switchVideo(VideoSources.camera(null, VideoFormat.P360))
                        .blockingAwait())
                .isInstanceOf(MediaUnavailableException.class);
        assertThatThrownBy(() -> camera.cycleVideo().blockingGet()).isInstanceOf(MediaUnavailableException.class);
        long before = seen.lastFrameNumber.get();
        await("the pattern goes on").atMost(Participant.LIMIT).until(() -> seen.lastFrameNumber.get() > before + 5);
        try (Publisher sound = Publisher.builder().audio(AudioSources.tone(440)).build()) {
            assertThatThrownBy(() -> sound.switchVideo(VideoSources.pattern(VideoFormat.P360))
                            .blockingAwait())
                    .isInstanceOfSatisfying(
                            SessionException.class, e -> assertThat(e.code()).isEqualTo(1011));
        }
    }

    @Test
    void limitsReachEverySubscriberAndCanBeLifted() {
        camera.setPreferredResolution(new Dimensions(160, 120));
        awaitSize(160, 120);
        awaitReceived("received 320x240 to 160x120");
        assertThat(camera.video().width()).isEqualTo(320);
        camera.setPreferredFrameRate(4);
        await("four frames a second")
                .atMost(Participant.LIMIT)
                .untilAsserted(() -> assertThat(framesPerSecond()).isCloseTo(4, within(1.5)));
        camera.setPreferredFrameRate(null);
        camera.setPreferredResolution(null);
        awaitSize(320, 240);
        await("fifteen frames a second")
                .atMost(Participant.LIMIT)
                .untilAsserted(() -> assertThat(framesPerSecond()).isGreaterThan(10));
    }

    private double framesPerSecond() {
        VideoFeed video = seen.subscriber.video();
        long frames = video.frames();
        long start = System.nanoTime();
        await().pollDelay(1500, TimeUnit.MILLISECONDS).until(() -> true);
        return (video.frames() - frames) * 1e9 / (System.nanoTime() - start);
    }

    @Test
    void bitrateOfTheVideoStaysBelowItsLimit() {
        await("the encoder takes what it needs")
                .atMost(Participant.LIMIT)
                .untilAsserted(() -> assertThat(videoBitrate()).isGreaterThan(90_000));
        camera.setMaxVideoBitrate(40_000);
        assertThat(camera.maxVideoBitrate()).isEqualTo(40_000);
        await("less than the limit and some overhead")
                .atMost(Participant.LIMIT)
                .untilAsserted(() -> assertThat(videoBitrate()).isBetween(1_000.0, 60_000.0));
    }

    private double videoBitrate() {
        long bytes = videoBytes();
        long start = System.nanoTime();
        await().pollDelay(1500, TimeUnit.MILLISECONDS).until(() -> true);
        return (videoBytes() - bytes) * 8e9 / (System.nanoTime() - start);
    }

    private long videoBytes() {
        return seen.subscriber.stats().blockingGet().byKind().getOrDefault("video", 0L);
    }
}
