package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/** What must be true after every fault. */
final class Verdict {
    private final Fault fault;
    private final FaultRun run;
    private final Participants participants;

    Verdict(Fault fault, FaultRun run) {
        this.fault = fault;
        this.run = run;
        this.participants = run.participants;
    }

    void check() {
        checkTimes();
        awaitEverything();
        for (ParticipantProcess participant : participants.all()) {
            if (participant.process().isAlive()) {
                Numbers.assertGapless(participant);
                assertPairs(participant);
            }
        }
        participants.assertEqualRosters();
        checkTales();
        if (!fault.affectsAll()) {
            checkOthers();
        }
    }

    private void checkTimes() {
        fault.bounds()
                .forEach((what, bound) -> assertThat(run.figures().get(what))
                        .as("%s: %s [ms]", fault, what)
                        .isNotNull()
                        .isLessThanOrEqualTo(bound));
    }

    /** All that was sent arrives, and with it all that was decided before. */
    private void awaitEverything() {
        List<ParticipantProcess> present = participants.all().stream()
                .filter(ParticipantProcess::isConnected)
                .toList();
        present.forEach(participant -> participant.sendEnd(fault.name()));
        for (ParticipantProcess receiver : present) {
            for (ParticipantProcess sender : present) {
                Numbers.awaitEnd(receiver, sender, fault.name());
            }
        }
    }

    private void checkTales() {
        if (run.raw() != null) {
            assertThat(run.raw().expected())
                    .as("events at the client")
                    .isIn(fault.client().ways());
        }
        for (ParticipantProcess participant : participants.all()) {
            boolean hit = fault.affectsAll() || (participant == run.victim && run.raw() == null);
            assertThat(ownEvents(participant))
                    .as("events at %s about itself", participant)
                    .isIn(hit ? fault.client().ways() : ExpectedEvents.nothing().ways());
        }
    }

    private void checkOthers() {
        for (ParticipantProcess one : participants.all()) {
            if (one != run.victim) {
                assertThat(taleOf(run.connection(), one))
                        .as("events at %s about the client", one)
                        .isIn(fault.others().ways());
            }
            for (ParticipantProcess other : participants.all()) {
                if (one != other && (other != run.victim || run.raw() != null)) {
                    assertThat(taleOf(other.connection(), one))
                            .as("events at %s about %s", one, other)
                            .isEmpty();
                }
            }
        }
    }

    private static List<String> ownEvents(ParticipantProcess participant) {
        return participant.events().stream()
                .filter(event -> RecordedEvents.text(event, "event").startsWith("session"))
                .map(event -> RecordedEvents.text(event, "event")
                        + (event.containsKey("reason")
                                ? " " + RecordedEvents.text(event, "reason") + " "
                                        + RecordedEvents.text(event, "detail")
                                : "")
                        + (Boolean.TRUE.equals(event.get("startedOver")) ? " startedOver" : ""))
                .toList();
    }

    private static List<String> taleOf(String connection, ParticipantProcess participant) {
        return participant.events().stream()
                .filter(event -> connection.equals(event.get("connectionId")))
                .filter(event -> List.of("Destroyed", "Reconnecting", "Reconnected").stream()
                        .anyMatch(RecordedEvents.text(event, "event")::endsWith))
                .filter(event -> !RecordedEvents.text(event, "event").startsWith("publisher"))
                .map(event -> List.of("event", "reason", "detail").stream()
                        .filter(event::containsKey)
                        .map(field -> RecordedEvents.text(event, field))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    /** Every reconnecting is followed by one reconnected or the one end, and nothing else is. */
    private static void assertPairs(ParticipantProcess participant) {
        String before = "sessionConnected";
        for (String event :
                ownEvents(participant).stream().map(Verdict::firstWord).toList()) {
            List<String> allowed = switch (before) {
                case "sessionReconnecting" -> List.of("sessionReconnected", "sessionDisconnected");
                case "sessionDisconnected" -> List.of("sessionConnected");
                default -> List.of("sessionReconnecting", "sessionDisconnected");
            };
            assertThat(event).as("at %s after %s", participant, before).isIn(allowed);
            before = event;
        }
    }

    private static String firstWord(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }
}
