package dev.videosession.app.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that video and audio arrive, by their content. */
final class ReceptionChecks {
    /** The demo has just started, and all participants share the processors of one machine: 2.3 s at a load of 5 on two of them. */
    private static final long FIRST_FRAME_LIMIT_MILLIS = 5000;

    private static final int LOWEST_RATE = 5;
    private static final double TONE_TOLERANCE = 0.05;

    private final Checks checks;
    private final Map<Reception, Long> before = new HashMap<>();

    ReceptionChecks(Checks checks) {
        this.checks = checks;
    }

    void begin(List<Participant> cast) {
        for (Participant participant : cast) {
            participant.receptions().values().forEach(each -> before.put(each, each.frameNumber()));
        }
    }

    void end(List<Participant> cast, Duration passed) {
        for (Participant participant : cast) {
            for (Participant other : cast) {
                if (other != participant) {
                    check(participant, other, passed);
                }
            }
        }
    }

    private void check(Participant watcher, Participant watched, Duration passed) {
        Reception reception = watcher.receptions().get(watched.name());
        if (reception == null) {
            return; // reported before: a stream is missing
        }
        long first = reception.firstFrameMillis();
        double rate = (reception.frameNumber() - before.getOrDefault(reception, 0L)) / (double) passed.toSeconds();
        double hertz = reception.hertz();
        double wanted = watched.part().hertz();
        checks.that(
                first >= 0
                        && first <= FIRST_FRAME_LIMIT_MILLIS
                        && rate >= LOWEST_RATE
                        && Math.abs(hertz - wanted) <= wanted * TONE_TOLERANCE,
                String.format(
                        "%s receives %s: first frame after %d ms, %.1f frames a second, tone of %.0f Hz (sent: %.0f)",
                        watcher.name(), watched.name(), first, rate, hertz, wanted));
    }
}
