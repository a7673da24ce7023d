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
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast a subscriber gets another size, and what that costs another subscriber: nothing. */
class LayerSwitchIT {
    private static final int SWITCHES = 20;
    private static final int RESUMED = 5;
    private static final Duration PAUSED = Duration.ofSeconds(15);
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Dimensions SMALL = new Dimensions(320, 180);
    private static final Dimensions LARGE = new Dimensions(1280, 720);

    /** Two subscribers of one camera at 1280x720, and the frames that they receive. */
    private record Call(Publisher camera, Subscriber changing, SeenFrames seen, SeenFrames other) {}

    /**
     * The short form: sizes and the order of frames. Times and missing frames depend on the load of the machine, and on a loaded one the
     * server
     * also lowers a subscriber's size for some seconds, after which a frame can arrive in two sizes.
     */
    @Test
    void sizeChangesForOneSubscriberOnly() {
        inCall(call -> switchSizes(call, 2));
    }

    @Tag("faults")
    @Test
    void sizeChangesWithinAFifthOfASecondAndTheOtherSubscriberMissesNothing() {
        inCall(call -> {
            awaitFrames(call.other, 60);
            measure(switchSizes(call, SWITCHES));
            measurePaused(call);
        });
    }

    private static void inCall(Consumer<Call> test) {
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
                    test.accept(new Call(camera, changing, seen, other));
                }
            }
        }
    }

    /** How long each change took, in milliseconds, and what the other subscriber received meanwhile. */
    private record Switches(List<Long> down, List<Long> up, List<SeenFrames.Seen> other) {}

    private static Switches switchSizes(Call call, int count) {
        List<Long> down = new ArrayList<>();
        List<Long> up = new ArrayList<>();
        int before = call.other.count();
        for (int i = 0; i < count; i++) {
            down.add(change(call.changing, call.seen, SMALL));
            awaitFrames(call.other, 25);
            awaitLargerThanSmall(call.other);
            up.add(change(call.changing, call.seen, LARGE));
            awaitFrames(call.other, 25);
        }
        List<SeenFrames.Seen> steady = call.other.all().subList(before, call.other.count());
        assertThat(steady).extracting(SeenFrames.Seen::number).isSorted();
        return new Switches(down, up, steady);
    }

    private static void measure(Switches switches) {
        Figures.report("layer switch, 1280x720 to 320x180: " + Figures.summary(switches.down));
        Figures.report("layer switch, 320x180 to 1280x720: " + Figures.summary(switches.up));
        Gaps other = Gaps.of(switches.other);
        Figures.report("the other subscriber meanwhile: " + other);
        assertThat(switches.other).as("frames of the other subscriber").allMatch(frame -> frame.width() == 1280);
        assertThat(switches.other).extracting(SeenFrames.Seen::number).doesNotHaveDuplicates();
        assertThat(Figures.percentile(switches.down, 0.5)).isLessThanOrEqualTo(200);
        assertThat(Figures.percentile(switches.up, 0.5)).isLessThanOrEqualTo(200);
        assertThat(other.longestMillis()).isLessThan(250);
        assertThat(other.missing()).isLessThanOrEqualTo(other.frames() / 100);
    }

    /** Encodings that no subscriber needs are paused: the first subscriber that asks for one waits for the publisher. */
    private static void measurePaused(Call call) {
        List<Long> resumed = new ArrayList<>();
        for (int i = 0; i < RESUMED; i++) {
            await("the smallest encoding is paused")
                    .atMost(PAUSED)
                    .until(() -> call.camera.stats().blockingGet().values().stream()
                            .noneMatch(link -> link.layers().get(0).active()));
            resumed.add(change(call.changing, call.seen, SMALL));
            change(call.changing, call.seen, LARGE);
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

    /** A size that was chosen for another subscriber lasts; one that the server lowered for a loaded machine does not. */
    private static void awaitLargerThanSmall(SeenFrames seen) {
        int before = seen.count();
        await("frames larger than those of the changed subscriber")
                .atMost(LIMIT)
                .until(() -> seen.all().stream().skip(before).anyMatch(frame -> frame.width() > SMALL.width()));
    }

    private static void awaitFrames(SeenFrames seen, int more) {
        int before = seen.count();
        await(more + " frames").atMost(LIMIT).until(() -> seen.count() >= before + more);
    }
}
