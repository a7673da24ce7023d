package dev.videosession.session.path;

import static org.awaitility.Awaitility.await;

import dev.videosession.session.path.LimitedPath.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores of a participant whose path the kernel limits. Needs to run as root. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class QualityScoreIT {
    private static final long LIMITED_MILLIS = 12_000;
    private static final long RECOVERY_MILLIS = 8_000;
    private static final long FALL_MILLIS = 3_000;
    private static final long RECOVERED_MILLIS = 5_000;

    /** Of five seconds, less what the timers of two readings may be late. */
    private static final long STEADY_MILLIS = 4_900;

    private static final int GOOD = 4;

    private record Fault(String name, Runnable begin, Runnable end) {}

    private record Change(long afterMillis, int score, String why) {}

    @ParameterizedTest
    @CsvSource({
        "routed, 30 % loss",
        "routed, 10 % loss",
        "routed, 5 % loss",
        "routed, 400 kbit/s",
        "routed, 150 kbit/s",
        "relayed, 30 % loss",
        "relayed, 10 % loss",
        "relayed, 5 % loss",
        "relayed, 400 kbit/s",
        "relayed, 150 kbit/s"
    })
    void scoreOfALimitedPathFallsNamesTheSideAndRecovers(String kind, String limit) {
        boolean routed = kind.equals("routed");
        SoftAssertions checks = new SoftAssertions();
        try (LimitedPath path = new LimitedPath(routed)) {
            await("the call").atMost(Duration.ofSeconds(30)).until(path::isReady);
            path.join(LimitedCallMember.class);
            check(checks, path, routed, "received", receiving(path, limit));
            check(checks, path, routed, "sent", sending(path, limit));
        }
        checks.assertAll();
    }

    private static Fault receiving(LimitedPath path, String limit) {
        int number = Integer.parseInt(limit.substring(0, limit.indexOf(' ')));
        return limit.endsWith("loss")
                ? new Fault(limit, () -> path.lose(number), path::loseNothing)
                : new Fault(limit, () -> path.limit(number), path::unlimit);
    }

    private static Fault sending(LimitedPath path, String limit) {
        int number = Integer.parseInt(limit.substring(0, limit.indexOf(' ')));
        return limit.endsWith("loss")
                ? new Fault(limit, () -> path.loseUpload(number), path::loseNothingOfUpload)
                : new Fault(limit, () -> path.limitUpload(number), path::unlimitUpload);
    }

    private static void check(SoftAssertions checks, LimitedPath path, boolean routed, String way, Fault fault) {
        String medium = way + "-video";
        await(medium + " excellent and free to change again")
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(40))
                .until(() -> score(path, medium, Long.MAX_VALUE) == 5);
        long begin = System.currentTimeMillis();
        fault.begin().run();
        pass(LIMITED_MILLIS);
        long end = System.currentTimeMillis();
        fault.end().run();
        pass(RECOVERY_MILLIS);
        List<Change> changes = changes(path, medium, begin);
        List<Change> limited = changes.stream()
                .filter(each -> each.afterMillis() < end - begin)
                .toList();
        List<Change> after = changes.stream()
                .filter(each -> each.afterMillis() >= end - begin)
                .toList();
        System.err.println((routed ? "routed, " : "relayed, ") + way + ", " + fault.name() + ": " + limited
                + ", after its end "
                + after.stream()
                        .map(each -> new Change(each.afterMillis() - (end - begin), each.score(), each.why()))
                        .toList()
                + ", audio " + changes(path, way + "-audio", begin));
        String what = (routed ? "routed " : "relayed ") + way + " " + fault.name();
        checks.assertThat(limited).as(what + ": falls").isNotEmpty();
        if (!limited.isEmpty()) {
            checks.assertThat(limited.get(0).afterMillis())
                    .as(what + ": time to fall")
                    .isLessThan(FALL_MILLIS);
            checks.assertThat(limited.get(0).why())
                    .as(what + ": side")
                    .matches(routed ? ".*/LOCAL" : ".*/(UNKNOWN|LOCAL)");
        }
        if (fault.name().endsWith("loss")) {
            checks.assertThat(shortestPause(limited))
                    .as(what + ": pause between changes at steady loss")
                    .isGreaterThanOrEqualTo(STEADY_MILLIS);
        }
        checks.assertThat(score(path, medium, end + RECOVERED_MILLIS))
                .as(what + ": recovers")
                .isGreaterThanOrEqualTo(GOOD);
    }

    private static long shortestPause(List<Change> changes) {
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < changes.size(); i++) {
            shortest = Math.min(
                    shortest, changes.get(i).afterMillis() - changes.get(i - 1).afterMillis());
        }
        return shortest;
    }

    private static List<Change> changes(LimitedPath path, String medium, long since) {
        List<Change> changes = new ArrayList<>();
        int last = score(path, medium, since);
        for (Sighting each : path.reports(medium)) {
            if (each.atMillis() >= since && each.width() != last) {
                changes.add(new Change(each.atMillis() - since, each.width(), each.what()));
                last = each.width();
            }
        }
        return changes;
    }

    private static int score(LimitedPath path, String medium, long before) {
        int score = 0;
        for (Sighting each : path.reports(medium)) {
            score = each.atMillis() < before ? each.width() : score;
        }
        return score;
    }

    private static void pass(long millis) {
        await().pollDelay(millis, TimeUnit.MILLISECONDS)
                .atMost(Duration.ofMillis(millis + 10_000))
                .until(() -> true);
    }
}
