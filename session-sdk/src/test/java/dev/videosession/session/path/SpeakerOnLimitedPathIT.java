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
import org.junit.jupiter.params.provider.ValueSource;

/** The active speaker at a subscriber whose path the kernel limits, while two participants speak in turns. Needs to run as root. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SpeakerOnLimitedPathIT {
    private static final int TURNS = 6;
    private static final long SETTLED_MILLIS = 700;

    /** The path and the jitter buffer: the audio itself comes late by that. */
    private static final long DELAY_MILLIS = 200;

    private record Fault(String name, Runnable begin, Runnable end) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void activeSpeakerIsSettledAndStays(boolean routed) {
        SoftAssertions checks = new SoftAssertions();
        try (LimitedPath path = new LimitedPath(SpeakingHost.class, routed)) {
            await("the call").atMost(Duration.ofSeconds(30)).until(path::isReady);
            path.join(SpeakerWatch.class);
            await("an active speaker")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> path.reports("active").size() >= 2);
            for (Fault fault : List.of(
                    new Fault("no limit", () -> {}, () -> {}),
                    new Fault("5 % loss", () -> path.lose(5), path::loseNothing),
                    new Fault("10 % loss", () -> path.lose(10), path::loseNothing),
                    new Fault("30 % loss", () -> path.lose(30), path::loseNothing),
                    new Fault("400 kbit/s", () -> path.limit(400), path::unlimit),
                    new Fault("150 kbit/s", () -> path.limit(150), path::unlimit))) {
                fault.begin().run();
                check(checks, path, (routed ? "routed, " : "relayed, ") + fault.name());
                fault.end().run();
            }
        }
        checks.assertAll();
    }

    private static void check(SoftAssertions checks, LimitedPath path, String what) {
        int before = path.reports("turn").size();
        await(what)
                .atMost(Duration.ofSeconds(60))
                .until(() -> path.reports("turn").size() > before + TURNS);
        List<Sighting> turns = path.reports("turn").subList(before, before + TURNS + 1);
        List<Long> settled = new ArrayList<>();
        int most = 0;
        for (int i = 0; i < TURNS; i++) {
            Sighting turn = turns.get(i);
            List<Sighting> changes = between(
                    path.reports("active"),
                    turn.atMillis() + DELAY_MILLIS,
                    turns.get(i + 1).atMillis() + DELAY_MILLIS);
            most = Math.max(most, changes.size());
            settled.add(changes.stream()
                    .filter(change -> change.what().equals(turn.what()))
                    .mapToLong(change -> change.atMillis() - turn.atMillis())
                    .findFirst()
                    .orElse(Long.MAX_VALUE));
        }
        System.err.println(what + ": settled after " + settled + " ms, at most " + most + " changes in a turn");
        checks.assertThat(settled).as(what + ": settled").allMatch(millis -> millis <= SETTLED_MILLIS + DELAY_MILLIS);
        checks.assertThat(most).as(what + ": changes in a turn").isEqualTo(1);
    }

    private static List<Sighting> between(List<Sighting> all, long from, long to) {
        return all.stream()
                .filter(each -> each.atMillis() >= from && each.atMillis() < to)
                .toList();
    }
}
