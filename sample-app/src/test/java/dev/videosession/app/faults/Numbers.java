package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Every participant sends numbers to all participants all the time. Checks what they receive. */
final class Numbers implements AutoCloseable {
    static final String TYPE = "number";
    static final String END = "end";
    private static final long PERIOD_MILLIS = 250;

    private final ScheduledExecutorService clock;

    Numbers(List<ParticipantProcess> participantProcesses) {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "numbers");
            thread.setDaemon(true);
            return thread;
        });
        var ticking = clock.scheduleAtFixedRate(
                () -> participantProcesses.forEach(ParticipantProcess::sendNumber),
                0,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
        assertThat(ticking.isDone()).isFalse();
    }

    /** What was received of each connection has no gap and nothing twice. */
    static void assertGapless(ParticipantProcess receiver) {
        Map<String, List<Long>> received = new LinkedHashMap<>();
        for (Map<String, Object> event : receiver.events()) {
            if (RecordedEvents.is(event, "signal") && TYPE.equals(event.get("type"))) {
                received.computeIfAbsent(RecordedEvents.text(event, "from"), from -> new ArrayList<>())
                        .add(Long.valueOf(RecordedEvents.text(event, "data")));
            }
        }
        received.forEach((from, numbers) -> {
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < numbers.size(); i++) {
                expected.add(numbers.get(0) + i);
            }
            assertThat(numbers).as("numbers of %s at %s", from, receiver).isEqualTo(expected);
        });
    }

    /** Waits until a receiver has everything that a sender sent before it said that this is the end. */
    static void awaitEnd(ParticipantProcess receiver, ParticipantProcess sender, String row) {
        String from = sender.connection();
        Map<String, Object> end = receiver.await(
                "signal",
                ParticipantProcess.LIMIT,
                event -> END.equals(event.get("type"))
                        && from.equals(event.get("from"))
                        && RecordedEvents.text(event, "data").startsWith(row + " "));
        String last = RecordedEvents.text(end, "data").substring(row.length() + 1);
        List<Map<String, Object>> events = receiver.process().events();
        assertThat(events.subList(0, events.lastIndexOf(end)))
                .as("last number of %s at %s", sender, receiver)
                .anyMatch(event -> TYPE.equals(event.get("type"))
                        && from.equals(event.get("from"))
                        && last.equals(event.get("data")));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
