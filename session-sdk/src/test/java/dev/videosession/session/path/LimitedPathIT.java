package dev.videosession.session.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.session.path.LimitedPath.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The congestion control of routed sessions, on a path that the kernel limits. Skipped if the machine does not permit that. */
class LimitedPathIT {
    private static final long SETTLE_MILLIS = 5_000;
    private static final long LIMITED_MILLIS = 25_000;
    private static final long RECOVERY_MILLIS = 15_000;
    private static final long TOLD_MILLIS = 8_000;
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final LimitedPath path = new LimitedPath();

    @AfterEach
    void close() {
        path.close();
    }

    private void join() {
        await("the call").atMost(LIMIT).until(path::isReady);
        path.join();
        await("full size").atMost(LIMIT).until(() -> width(0) == 1280);
    }

    private void joinAndWait() {
        join();
        pass(4_000);
    }

    private static void pass(long millis) {
        await().pollDelay(millis, TimeUnit.MILLISECONDS)
                .atMost(Duration.ofMillis(millis + 10_000))
                .until(() -> true);
    }

    /** The width of the newest frame since a time, 0 if none arrived. */
    private int width(long since) {
        List<Sighting> frames = path.since(since, "far", "frame");
        return frames.isEmpty() ? 0 : frames.get(frames.size() - 1).width();
    }

    /** When what the subscriber shows changed: the size of its frames, or whether there is video at all. */
    private List<Long> changes(long since, long until) {
        List<Long> changes = new ArrayList<>();
        int shown = 0;
        boolean disabled = false;
        for (Sighting each : between(path.reports("far"), since, until)) {
            disabled =
                    each.what().equals("disabled") || (disabled && !each.what().equals("enabled"));
            int now = disabled ? -1 : each.what().equals("frame") ? each.width() : shown;
            if (now != shown && shown != 0) {
                changes.add(each.atMillis());
            }
            shown = now;
        }
        return changes;
    }

    private static long longestGap(List<Sighting> frames) {
        long longest = 0;
        for (int i = 1; i < frames.size(); i++) {
            longest = Math.max(
                    longest, frames.get(i).atMillis() - frames.get(i - 1).atMillis());
        }
        return longest;
    }

    /** The event follows the last frame soon, although signaling shares the path. */
    private static boolean isToldWithoutVideo(List<Sighting> frames, List<Sighting> disabled) {
        return !disabled.isEmpty()
                && frames.stream()
                        .mapToLong(Sighting::atMillis)
                        .filter(at -> at <= disabled.get(0).atMillis())
                        .allMatch(at -> at >= disabled.get(0).atMillis() - TOLD_MILLIS
                                || frames.stream()
                                        .anyMatch(next -> next.atMillis() > at && next.atMillis() <= at + TOLD_MILLIS));
    }

    private static long mostInTenSeconds(List<Long> changes) {
        return changes.stream()
                .mapToLong(from -> changes.stream()
                        .filter(at -> at >= from && at < from + 10_000)
                        .count())
                .max()
                .orElse(0);
    }

    private static List<Sighting> between(List<Sighting> all, long from, long to) {
        return all.stream()
                .filter(each -> each.atMillis() >= from && each.atMillis() < to)
                .toList();
    }

    /** The short form: what happens, in its order. How long that takes depends on the load of the machine. */
    @Test
    void sizeFollowsTheLimitOfThePathWhileAudioGoesOn() {
        join();
        long begin = System.currentTimeMillis();
        path.limit(400);
        await("a smaller size").atMost(LIMIT).until(() -> width(begin) > 0 && width(begin) < 1280);
        long smaller = System.currentTimeMillis();
        await("video and audio on the limited path")
                .atMost(LIMIT)
                .until(() -> path.since(smaller, "far", "frame").size() >= 20
                        && path.since(smaller, "far", "audio").size() >= 3);
        await("full size at the subscriber without a limit")
                .atMost(LIMIT)
                .until(() -> path.since(smaller, "near", "frame").stream().anyMatch(each -> each.width() == 1280));
        long end = System.currentTimeMillis();
        path.unlimit();
        await("full size again").atMost(LIMIT).until(() -> width(end) == 1280);
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(ints = {1000, 400, 150})
    void subscriberGetsWhatItsPathCarries(int kilobits) {
        joinAndWait();
        long begin = System.currentTimeMillis();
        path.limit(kilobits);
        pass(LIMITED_MILLIS);
        long end = System.currentTimeMillis();
        path.unlimit();
        await("full size again").atMost(LIMIT).until(() -> width(end) == 1280);
        long back = System.currentTimeMillis();
        pass(3_000);

        List<Sighting> frames = path.since(begin - 3_000, "far", "frame");
        List<Sighting> settled = between(frames, begin + SETTLE_MILLIS, end);
        List<Sighting> audio = between(path.since(begin, "far", "audio"), begin + SETTLE_MILLIS, end);
        List<Sighting> near = path.since(begin - 3_000, "near", "frame");
        System.err.println("limited to " + kilobits + " kbit/s: changes after ms "
                + changes(begin - 3_000, end).stream().map(at -> at - begin).toList()
                + ", sizes " + settled.stream().map(Sighting::width).distinct().toList() + ", frames/s "
                + settled.size() * 1000L / (LIMITED_MILLIS - SETTLE_MILLIS) + ", longest gap " + longestGap(settled)
                + " ms, gap of audio " + longestGap(audio) + " ms, back after " + (back - end)
                + " ms, gap at the other one "
                + longestGap(near) + " ms, events " + path.events(begin));
        if (kilobits > 150) {
            assertThat(settled.size()).as("frames of video").isGreaterThan(100);
            assertThat(longestGap(settled)).as("freeze").isLessThan(1_000);
        } else {
            assertThat(settled.size() > 100 || isToldWithoutVideo(frames, path.since(begin, "far", "disabled")))
                    .as("frames of video, or the event that says that there are none")
                    .isTrue();
        }
        assertThat(audio.size()).as("audio, five times a second").isGreaterThan(60);
        assertThat(longestGap(audio)).as("gap of audio").isLessThan(1_500);
        assertThat(mostInTenSeconds(changes(begin - 3_000, end).stream()
                        .filter(at -> at >= begin + SETTLE_MILLIS)
                        .toList()))
                .as("changes of size, and of video to audio and back")
                .isLessThanOrEqualTo(1);
        assertThat(back - end).as("time to recover").isLessThan(RECOVERY_MILLIS);
        assertThat(near).as("frames at the subscriber without a limit").allMatch(each -> each.width() == 1280);
        assertThat(longestGap(near)).as("gap there").isLessThan(500);
    }

    @Tag("faults")
    @Test
    void lossOnAPathWithRoomIsTolerated() {
        joinAndWait();
        long begin = System.currentTimeMillis();
        path.loseTenth();
        pass(LIMITED_MILLIS);
        long end = System.currentTimeMillis();
        path.loseNothing();
        List<Sighting> frames = between(path.since(begin, "far", "frame"), begin, end);
        System.err.println("10 % loss: changes "
                + changes(begin, end).stream().map(at -> at - begin).toList()
                + ", longest gap " + longestGap(frames) + " ms, frames/s "
                + frames.size() * 1000L / LIMITED_MILLIS + ", events " + path.events(begin));
        assertThat(mostInTenSeconds(changes(begin, end))).isLessThanOrEqualTo(1);
        // a packet that the router does not send again costs 1.2 s and a key frame
        assertThat(longestGap(frames)).as("freeze").isLessThan(1_600);
    }
}
