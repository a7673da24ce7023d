package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.VideoType;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.Subscriber;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The encodings of a video that goes through a real media router. */
class LayersIT {
    private final LiveServer server =
            new LiveServer(LiveServer.QUICK, builder -> builder.router(new JanusSettings(Path.of("/usr/bin/janus"))));
    private final SessionId id = server.newRoutedSession();
    private final ScheduledExecutorService application = Executors.newSingleThreadScheduledExecutor();
    private final Participant ada = server.join(id, Role.PUBLISHER, "ada");
    private final Participant bob = server.join(id, Role.SUBSCRIBER, "bob");

    @AfterEach
    void close() {
        ada.close();
        bob.close();
        application.shutdownNow();
        server.close();
    }

    private VideoSource source(int width, int height) {
        VideoFormat format = new VideoFormat(width, height, 15);
        if (width % 2 == 0 && height % 2 == 0) {
            return VideoSources.pattern(format);
        }
        CustomVideo source = VideoSources.custom(format);
        var unused = application.scheduleAtFixedRate(
                () -> {
                    VideoFrame frame = source.newFrame(width, height);
                    source.push(frame);
                    frame.release();
                },
                0,
                66,
                TimeUnit.MILLISECONDS);
        return source;
    }

    private Publisher publish(int width, int height) {
        Publisher camera =
                Publisher.builder().video(source(width, height)).name("hd").build();
        ada.session.publish(camera).blockingAwait();
        return camera;
    }

    private static void awaitSize(VideoFeed feed, int width, int height) {
        await(width + "x" + height)
                .atMost(Participant.LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> feed.width() == width && feed.height() == height);
    }

    private static long sentBytes(Publisher publisher) {
        return publisher.stats().blockingGet().values().stream()
                .mapToLong(stats -> stats.bytes())
                .sum();
    }

    /** Waits until less than this is sent in a second. */
    private static void awaitRate(Publisher publisher, int kilobits) {
        long[] last = {0};
        await("at most " + kilobits + " kbit/s")
                .atMost(Duration.ofSeconds(5))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    long before = last[0];
                    last[0] = sentBytes(publisher);
                    return before > 0 && (last[0] - before) * 8 / 1000 <= kilobits;
                });
    }

    @Test
    void encodingsThatNoSubscriberNeedsAreSwitchedOffAndOnAgain() {
        Publisher camera = publish(1280, 720);
        Subscriber subscriber = bob.awaitStream("hd").subscriber;
        awaitSize(subscriber.video(), 1280, 720);
        subscriber.setPreferredResolution(new Dimensions(320, 180));
        awaitSize(subscriber.video(), 320, 180);
        awaitRate(camera, 300);
        bob.awaitNewFrames("hd");
        subscriber.setPreferredResolution(null);
        awaitSize(subscriber.video(), 1280, 720);
        bob.awaitNewFrames("hd");
    }

    @Test
    void mutedVideoSendsNothing() {
        Publisher camera = publish(640, 360);
        bob.awaitFrames("hd");
        camera.publishVideo(false);
        awaitRate(camera, 0);
        camera.publishVideo(true);
        bob.awaitNewFrames("hd");
    }

    @Test
    @Tag("faults")
    void nothingIsSentBeforeThereIsASubscriber() {
        bob.close();
        Publisher camera = publish(640, 360);
        awaitRate(camera, 0);
        try (Participant cid = server.join(id, Role.SUBSCRIBER, "cid")) {
            cid.awaitFrames("hd");
        }
    }

    /** The pattern as a screen: a real one needs a display. */
    private record Screen(VideoSource pattern) implements VideoSource {
        @Override
        public Kind kind() {
            return Kind.SCREEN;
        }

        @Override
        public VideoFormat format() {
            return pattern.format();
        }

        @Override
        public Capture start(VideoSink sink, Runnable ended) {
            return pattern.start(sink, ended);
        }
    }

    @Test
    void screenHasOneEncodingInItsOwnSize() {
        Publisher screen = Publisher.builder()
                .video(new Screen(source(1920, 1080)))
                .name("hd")
                .build();
        ada.session.publish(screen).blockingAwait();
        Subscriber subscriber = bob.awaitStream("hd").subscriber;
        awaitSize(subscriber.video(), 1920, 1080);
        assertThat(subscriber.stream().videoType()).hasValue(VideoType.SCREEN);
        subscriber.setPreferredResolution(new Dimensions(320, 180));
        bob.awaitNewFrames("hd");
        assertThat(screen.stats().blockingGet().values()).singleElement().satisfies(stats -> {
            assertThat(stats.layers()).hasSize(1);
            assertThat(stats.layers().get(0).width()).isEqualTo(1920);
        });
        assertThat(subscriber.video().width()).isEqualTo(1920);
    }

    @ParameterizedTest
    @Tag("faults")
    @CsvSource({"854, 480, 2", "1366, 768, 3", "641, 361, 2", "720, 1280, 3"})
    void eachEncodingArrives(int width, int height, int encodings) {
        publish(width, height);
        awaitEach(width, height, encodings);
    }

    private void awaitEach(int width, int height, int encodings) {
        Subscriber subscriber = bob.awaitStream("hd").subscriber;
        int largest = 1 << (encodings - 1);
        int fullWidth = width - width % largest;
        int fullHeight = height - height % largest;
        awaitSize(subscriber.video(), fullWidth, fullHeight);
        for (int divisor = largest; divisor >= 1; divisor /= 2) {
            Dimensions size = new Dimensions(fullWidth / divisor, fullHeight / divisor);
            subscriber.setPreferredResolution(size);
            awaitSize(subscriber.video(), size.width(), size.height());
            long frames = subscriber.video().frames();
            await("frames")
                    .atMost(Participant.LIMIT)
                    .until(() -> subscriber.video().frames() > frames + 3);
        }
        assertThat(bob.received.get("hd").events).doesNotContain("destroyed");
    }

    @Test
    @Tag("faults")
    void eachEncodingArrivesAfterTheSourceWasReplaced() {
        Publisher camera = publish(1280, 720);
        awaitEach(1280, 720, 3);
        camera.switchVideo(source(641, 361)).blockingAwait();
        awaitEach(641, 361, 2);
        camera.switchVideo(source(1366, 768)).blockingAwait();
        awaitEach(1366, 768, 2);
    }

    @Test
    @Tag("faults")
    void eachEncodingArrivesAfterTheSourceChangedItsSize() {
        CustomVideo source = VideoSources.custom(new VideoFormat(1280, 720, 15));
        AtomicReference<Dimensions> size = new AtomicReference<>(new Dimensions(1280, 720));
        var unused = application.scheduleAtFixedRate(
                () -> {
                    VideoFrame frame =
                            source.newFrame(size.get().width(), size.get().height());
                    source.push(frame);
                    frame.release();
                },
                0,
                66,
                TimeUnit.MILLISECONDS);
        Publisher camera = Publisher.builder().video(source).name("hd").build();
        ada.session.publish(camera).blockingAwait();
        awaitEach(1280, 720, 3);
        size.set(new Dimensions(720, 1280));
        awaitEach(720, 1280, 3);
        size.set(new Dimensions(640, 360));
        awaitEach(640, 360, 2);
    }

    @Test
    @Tag("faults")
    void eachEncodingOfH264Arrives() {
        Publisher camera = Publisher.builder()
                .video(source(1280, 720))
                .videoCodec(VideoCodec.H264)
                .name("hd")
                .build();
        ada.session.publish(camera).blockingAwait();
        awaitEach(1280, 720, 3);
        assertThat(codecs(camera)).containsOnly("video/H264");
    }

    /** The codecs of the video that a publisher sends. */
    private static List<Object> codecs(Publisher publisher) {
        List<RtcStats> all = publisher.rtcStats().blockingGet().values().stream()
                .flatMap(List::stream)
                .toList();
        return all.stream()
                .filter(each -> each.type().equals("outbound-rtp")
                        && "video".equals(each.values().get("kind")))
                .map(each -> each.values().get("codecId"))
                .flatMap(id -> all.stream().filter(each -> each.id().equals(id)))
                .map(each -> each.values().get("mimeType"))
                .toList();
    }
}
