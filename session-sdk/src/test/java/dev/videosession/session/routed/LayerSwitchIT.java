package dev.videosession.session.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.Subscriber;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast a subscriber gets another size, and what that costs another subscriber: nothing. */
@Tag("faults")
class LayerSwitchIT {
    private static final int SWITCHES = 20;
    private static final int RESUMED = 5;
    private static final Duration PAUSED = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Dimensions SMALL = new Dimensions(320, 180);
    private static final Dimensions LARGE = new Dimensions(1280, 720);

    @Test
    void sizeChangesWithinAFifthOfASecondAndTheOtherSubscriberMissesNothing() {
        try (LiveServer server = new LiveServer(
                LiveServer.QUICK, builder -> builder.router(new JanusSettings(Path.of("/usr/bin/janus"))))) {
            SessionId id = server.newRoutedSession();
            try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                    Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                    Participant cid = server.join(id, Role.SUBSCRIBER, "cid")) {
                Publisher camera = Publisher.builder()
                        .video(VideoSources.pattern(new VideoFormat(1280, 720, 30)))
                        .name("hd")
                        .build();
                ada.session.publish(camera).blockingAwait();
                Subscriber changing = bob.awaitStream("hd").subscriber;
                Subscriber steady = cid.awaitStream("hd").subscriber;
                try (SeenFrames seen = new SeenFrames(changing.video());
                        SeenFrames other = new SeenFrames(steady.video())) {
                    awaitWidth(seen, 1280, 0);
                    awaitWidth(other, 1280, 0);
                    measure(changing, seen, other);
                    measurePaused(camera, changing, seen);
                }
            }
        }
    }

    private static void measure(Subscriber changing, SeenFrames seen, SeenFrames other) {
        List<Long> down = new ArrayList<>();
        List<Long> up = new ArrayList<>();
        awaitFrames(other, 60);
        int before = other.count();
        for (int i = 0; i < SWITCHES; i++) {
            down.add(change(changing, seen, SMALL));
            awaitFrames(other, 25);
            up.add(change(changing, seen, LARGE));
            awaitFrames(other, 25);
        }
        List<SeenFrames.Seen> steady = other.all().subList(before, other.count());
        Gaps gaps = Gaps.of(steady);
        Figures.report("layer switch, 1280x720 to 320x180: " + Figures.summary(down));
        Figures.report("layer switch, 320x180 to 1280x720: " + Figures.summary(up));
        Figures.report("the other subscriber meanwhile: " + gaps);
        assertThat(steady).allMatch(frame -> frame.width() == 1280);
        assertThat(Figures.percentile(down, 0.5)).isLessThanOrEqualTo(200);
        assertThat(Figures.percentile(up, 0.5)).isLessThanOrEqualTo(200);
        assertThat(gaps.longestMillis()).isLessThan(250);
    }

    /** Encodings that no subscriber needs are paused: the first subscriber that asks for one waits for the publisher. */
    private static void measurePaused(Publisher camera, Subscriber changing, SeenFrames seen) {
        List<Long> resumed = new ArrayList<>();
        for (int i = 0; i < RESUMED; i++) {
            await("the smallest encoding is paused")
                    .atMost(PAUSED)
                    .until(() -> camera.stats().blockingGet().values().stream()
                            .noneMatch(link -> link.layers().get(0).active()));
            resumed.add(change(changing, seen, SMALL));
            change(changing, seen, LARGE);
        }
        Figures.report("layer switch to an encoding that was paused: " + Figures.summary(resumed));
        assertThat(Figures.percentile(resumed, 0.5)).isLessThanOrEqualTo(500);
    }

    /** What is missing in a sequence of frames. */
    record Gaps(int frames, long missing, long largest, long longestMillis) {
        static Gaps of(List<SeenFrames.Seen> frames) {
            long missing = 0;
            long largest = 0;
            long longest = 0;
            for (int i = 1; i < frames.size(); i++) {
                long skipped = frames.get(i).number() - frames.get(i - 1).number() - 1;
                missing += skipped;
                largest = Math.max(largest, skipped);
                longest = Math.max(
                        longest, frames.get(i).nanos() - frames.get(i - 1).nanos());
            }
            return new Gaps(frames.size(), missing, largest, TimeUnit.NANOSECONDS.toMillis(longest));
        }

        @Override
        public String toString() {
            return frames + " frames, " + missing + " missing, at most " + largest + " in a row, at most "
                    + longestMillis + " ms between two";
        }
    }

    private static long change(Subscriber subscriber, SeenFrames seen, Dimensions size) {
        long start = System.nanoTime();
        subscriber.setPreferredResolution(size);
        return TimeUnit.NANOSECONDS.toMillis(
                awaitWidth(seen, size.width(), start).nanos() - start);
    }

    private static SeenFrames.Seen awaitWidth(SeenFrames seen, int width, long afterNanos) {
        return await("width " + width)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> seen.firstOfWidth(width, afterNanos), found -> found != null);
    }

    private static void awaitFrames(SeenFrames seen, int more) {
        int before = seen.count();
        await(more + " frames").atMost(LIMIT).until(() -> seen.count() >= before + more);
    }
}
