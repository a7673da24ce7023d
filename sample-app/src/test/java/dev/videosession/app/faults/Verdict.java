package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;

/** What must be true after every fault. */
final class Verdict {
    private final Fault fault;
    private final Scene scene;
    private final Cast cast;

    Verdict(Fault fault, Scene scene) {
        this.fault = fault;
        this.scene = scene;
        this.cast = scene.cast;
    }

    void check() {
        checkTimes();
        awaitEverything();
        for (Actor actor : cast.all()) {
            if (actor.process().isAlive()) {
                Numbers.assertGapless(actor);
                assertPairs(actor);
            }
        }
        cast.assertEqualRosters();
        checkTales();
        if (!fault.isEverybodys()) {
            checkOthers();
        }
    }

    private void checkTimes() {
        fault.bounds()
                .forEach((what, bound) -> assertThat(scene.figures().get(what))
                        .as("%s: %s [ms]", fault, what)
                        .isNotNull()
                        .isLessThanOrEqualTo(bound));
    }

    /** All that was sent arrives, and with it all that was decided before. */
    private void awaitEverything() {
        List<Actor> present = cast.all().stream().filter(Actor::isConnected).toList();
        present.forEach(actor -> actor.sendEnd(fault.name()));
        for (Actor receiver : present) {
            for (Actor sender : present) {
                Numbers.awaitEnd(receiver, sender, fault.name());
            }
        }
    }

    private void checkTales() {
        if (scene.raw() != null) {
            assertThat(scene.raw().tale())
                    .as("what the client is told")
                    .isIn(fault.client().ways());
        }
        for (Actor actor : cast.all()) {
            boolean hit = fault.isEverybodys() || (actor == scene.victim && scene.raw() == null);
            assertThat(ownTale(actor))
                    .as("what %s is told of itself", actor)
                    .isIn(hit ? fault.client().ways() : Tale.nothing().ways());
        }
    }

    private void checkOthers() {
        for (Actor one : cast.all()) {
            if (one != scene.victim) {
                assertThat(taleOf(scene.connection(), one))
                        .as("what %s is told of the client", one)
                        .isIn(fault.others().ways());
            }
            for (Actor other : cast.all()) {
                if (one != other && (other != scene.victim || scene.raw() != null)) {
                    assertThat(taleOf(other.connection(), one))
                            .as("what %s is told of %s", one, other)
                            .isEmpty();
                }
            }
        }
    }

    private static List<String> ownTale(Actor actor) {
        return actor.events().stream()
                .filter(event -> Told.text(event, "event").startsWith("session"))
                .map(event -> Told.text(event, "event")
                        + (event.containsKey("reason")
                                ? " " + Told.text(event, "reason") + " " + Told.text(event, "detail")
                                : "")
                        + (Boolean.TRUE.equals(event.get("startedOver")) ? " startedOver" : ""))
                .toList();
    }

    private static List<String> taleOf(String connection, Actor actor) {
        return actor.events().stream()
                .filter(event -> connection.equals(event.get("connectionId")))
                .filter(event -> List.of("Destroyed", "Reconnecting", "Reconnected").stream()
                        .anyMatch(Told.text(event, "event")::endsWith))
                .filter(event -> !Told.text(event, "event").startsWith("publisher"))
                .map(event -> List.of("event", "reason", "detail").stream()
                        .filter(event::containsKey)
                        .map(field -> Told.text(event, field))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    /** Every reconnecting is followed by one reconnected or the one end, and nothing else is. */
    private static void assertPairs(Actor actor) {
        String before = "sessionConnected";
        for (String event : ownTale(actor).stream().map(Verdict::firstWord).toList()) {
            List<String> allowed = switch (before) {
                case "sessionReconnecting" -> List.of("sessionReconnected", "sessionDisconnected");
                case "sessionDisconnected" -> List.of("sessionConnected");
                default -> List.of("sessionReconnecting", "sessionDisconnected");
            };
            assertThat(event).as("at %s after %s", actor, before).isIn(allowed);
            before = event;
        }
    }

    private static String firstWord(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }
}
