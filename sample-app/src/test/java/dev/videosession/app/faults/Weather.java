package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

/** Networks that work, but badly. */
final class Weather {
    private static final long MILLIS = 8_000;
    private static final long SLOW_MILLIS = 15_000;
    private static final long SLOW_BITS = 50_000;

    private Weather() {}

    static void loss(FaultRun run, double share) throws Exception {
        long lostBefore = run.victim.network().datagramsLost();
        run.victim.network().both(way -> way.lose(share));
        run.last(MILLIS);
        assertThat(run.victim.network().datagramsLost() - lostBefore)
                .as("datagrams lost")
                .isGreaterThan((long) (share * 200));
        run.assertFramesFlowed();
        run.awaitFrames();
    }

    static void rate(FaultRun run) throws Exception {
        run.victim.network().both(way -> way.limit(SLOW_BITS));
        run.last(SLOW_MILLIS);
        measureNumbers(run);
        run.begin();
        run.victim.network().heal();
        run.awaitFrames();
        run.measure("frames after the return", System.currentTimeMillis() - run.began());
    }

    static void delay(FaultRun run) throws Exception {
        run.victim.network().both(way -> way.delay(500));
        run.last(MILLIS);
        measureNumbers(run);
        run.assertFramesFlowed();
    }

    /** The longest way of a number, from the moment at which one participant got it to that at which the last one did. */
    private static void measureNumbers(FaultRun run) {
        Map<String, Long> first = new HashMap<>();
        for (ParticipantProcess participant : run.participants.all()) {
            numbers(participant).forEach((number, at) -> first.merge(number, at, Math::min));
        }
        for (ParticipantProcess participant : run.participants.all()) {
            numbers(participant).forEach((number, at) -> run.measure("slowest number", at - first.get(number)));
        }
    }

    private static Map<String, Long> numbers(ParticipantProcess participant) {
        Map<String, Long> numbers = new HashMap<>();
        participant.events().stream()
                .filter(event -> RecordedEvents.is(event, "signal") && Numbers.TYPE.equals(event.get("type")))
                .forEach(event -> numbers.put(event.get("from") + " " + event.get("data"), RecordedEvents.at(event)));
        return numbers;
    }
}
