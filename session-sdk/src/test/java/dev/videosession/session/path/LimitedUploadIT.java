package dev.videosession.session.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.session.path.LimitedPath.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publisher of a routed session whose path the kernel limits. Needs to run as root. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LimitedUploadIT {
    private static final Duration LIMIT = Duration.ofSeconds(45);
    private static final long SETTLE_MILLIS = 8_000;
    private static final long LIMITED_MILLIS = 25_000;
    /** Congestion control raises the bitrate by about a tenth each second. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final LimitedPath path = new LimitedPath(LimitedUploadHost.class, true);

    private int width(long since) {
        List<Sighting> frames = path.since(since, "near", "frame");
        return frames.isEmpty() ? 0 : frames.get(frames.size() - 1).width();
    }

    @Test
    void aPoorPathCarriesASmallPictureThatMovesUntilThePathRecovers() {
        try (path) {
            await("the call").atMost(LIMIT).until(path::isReady);
            path.join(LimitedUploader.class);
            await("full size").atMost(LIMIT).until(() -> width(0) == 1280);
            pass(10_000); // encodings that are not needed are paused
            long begin = System.currentTimeMillis();
            path.limitUpload(150);
            pass(LIMITED_MILLIS);
            long end = System.currentTimeMillis();
            path.unlimitUpload();
            await("640x360").atMost(RECOVERY).until(() -> width(end) >= 640);
            long larger = System.currentTimeMillis();
            await("full size again").atMost(RECOVERY).until(() -> width(end) == 1280);
            long back = System.currentTimeMillis();

            List<Sighting> limited = path.since(begin + SETTLE_MILLIS, "near", "frame").stream()
                    .filter(each -> each.atMillis() < end)
                    .toList();
            System.err.println("upload of 150 kbit/s: sizes "
                    + limited.stream().map(Sighting::width).distinct().toList() + ", frames/s "
                    + limited.size() * 1000L / (LIMITED_MILLIS - SETTLE_MILLIS) + ", 640x360 after " + (larger - end)
                    + " ms, full size after " + (back - end) + " ms");
            assertThat(limited).extracting(Sighting::width).containsOnly(320);
            assertThat(limited).hasSizeGreaterThan((int) (5 * (LIMITED_MILLIS - SETTLE_MILLIS) / 1000));
        }
    }

    private static void pass(long millis) {
        await().pollDelay(millis, TimeUnit.MILLISECONDS)
                .atMost(Duration.ofMillis(millis + 10_000))
                .until(() -> true);
    }
}
