package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.MessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One fault as it is played: the cast, the moment at which it began, and what was measured. */
final class Scene {
    static final Duration LONG = Duration.ofSeconds(45);

    final Cast cast;
    final Actor victim;
    final Actor moderator;
    final Actor witness;
    private RawClient raw;
    private String connection;
    private String stream;
    private final Map<String, Long> figures = new LinkedHashMap<>();
    private long began = System.currentTimeMillis();

    Scene(Cast cast) {
        this.cast = cast;
        this.victim = cast.victim;
        this.moderator = cast.moderator;
        this.witness = cast.witness;
        this.connection = victim.connection();
        this.stream = Cast.stream(victim);
        cast.all().forEach(Actor::mark);
    }

    /** Goes on from the place of another scene of the same fault. */
    void follow(Scene last) {
        connection = last.connection;
        stream = last.stream;
    }

    /** Lets one more client enter, whom the fault befalls instead. */
    RawClient enter(String token) throws IOException, MessageException {
        raw = cast.raw(token).connect();
        connection = raw.connection();
        return raw;
    }

    /** Goes on with another socket of the client that entered. */
    void tellOf(RawClient newer) {
        raw = newer;
    }

    String connection() {
        return connection;
    }

    String stream() {
        return stream;
    }

    /** The fault begins, or ends, now: times are measured from here. */
    void begin() {
        began = System.currentTimeMillis();
    }

    long began() {
        return began;
    }

    /** Remembers how long it took until an event, or the longest time if asked for the same again. */
    void measure(String what, Map<String, Object> event) {
        measure(what, Told.at(event) - began);
    }

    void measure(String what, long millis) {
        figures.merge(what, Math.max(0, millis), Math::max);
    }

    Map<String, Long> figures() {
        return figures;
    }

    /** Waits until the client is told of its end. */
    Map<String, Object> victimEnds() {
        return victim.await("sessionDisconnected", LONG, any -> true);
    }

    /** Waits until all others are told of the client's end, and remembers the time of the slowest. */
    void othersSeeTheEnd(String figure) {
        for (Actor other : cast.others()) {
            measure(figure, other.await("connectionDestroyed", LONG, ofClient()));
        }
    }

    /** Waits until all others are told of something about the client's connection, and remembers the time of the slowest. */
    void othersSee(String type, String figure) {
        for (Actor other : cast.others()) {
            measure(figure, other.await(type, LONG, ofClient()));
        }
    }

    Predicate<Map<String, Object>> ofClient() {
        return event -> connection.equals(event.get("connectionId"));
    }

    /** Waits until an event was told to somebody for so many times. */
    void awaitCount(Actor actor, String type, int count) {
        Awaitility.await(actor + ": " + count + " times " + type).atMost(LONG).until(() -> count(actor, type) >= count);
    }

    static long count(Actor actor, String type) {
        return actor.events().stream().filter(event -> Told.is(event, type)).count();
    }

    /** Lets the fault last. It is the fault that takes this time, nothing is waited for. */
    @SuppressWarnings("ThreadSleep")
    void last(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /** Pictures never stopped for a second since the fault began, neither from the client nor to it. */
    void assertPicturesFlowed() {
        assertPictures(witness, stream);
        assertPictures(victim, Cast.stream(witness));
    }

    private void assertPictures(Actor receiver, String of) {
        List<Map<String, Object>> reports = receiver.events().stream()
                .filter(event -> Told.is(event, "media") && of.equals(event.get("streamId")))
                .toList();
        assertThat(reports)
                .as("reports on %s at %s", of, receiver)
                .isNotEmpty()
                .allMatch(event -> Told.number(event, "fps") > 0);
    }

    /** Waits for new pictures from the client and to it. */
    void awaitPictures() {
        long now = System.currentTimeMillis();
        Cast.awaitPictures(witness, stream, now);
        Cast.awaitPictures(victim, Cast.stream(witness), now);
    }

    /** After a removal nothing of the client's media is seen, sent or received any more. */
    void assertMediaIsOver() throws InterruptedException {
        for (Actor other : cast.others()) {
            Map<String, Object> last =
                    other.await("subscriberDestroyed", LONG, event -> stream.equals(event.get("streamId")));
            measure("last picture at the others", (long) Told.number(last, "lastFrameAt") - began);
        }
        Map<String, Object> told = victimEnds();
        Awaitility.await("subscribers of the client end").until(() -> count(victim, "subscriberDestroyed") == 2);
        for (Map<String, Object> event : victim.events()) {
            if (Told.is(event, "subscriberDestroyed")) {
                assertThat((long) Told.number(event, "lastFrameAt")).isLessThanOrEqualTo(Told.at(told) + 100);
            }
        }
        long sent = victim.network().datagramsSent();
        long received = victim.network().datagramsReceived();
        last(1_000);
        assertThat(victim.network().datagramsSent() - sent).as("datagrams sent").isLessThan(3);
        assertThat(victim.network().datagramsReceived() - received)
                .as("datagrams received")
                .isLessThan(3);
    }

    /** Everything that must be true after every fault. */
    void check(Fault fault) throws IOException {
        figures.forEach((what, millis) -> {
            Long bound = fault.bounds().get(what);
            if (bound != null) {
                assertThat(millis).as("%s: %s [ms]", fault, what).isLessThanOrEqualTo(bound);
            }
        });
        assertThat(figures.keySet())
                .as("what was measured")
                .containsAll(fault.bounds().keySet());

        // all that was sent has arrived, and with it all that was decided before
        List<Actor> present = cast.all().stream().filter(Actor::isConnected).toList();
        present.forEach(actor -> actor.sendEnd(fault.name()));
        for (Actor receiver : present) {
            for (Actor sender : present) {
                Numbers.awaitEnd(receiver, sender, fault.name());
            }
        }
        for (Actor actor : cast.all()) {
            if (actor.process().isAlive()) {
                Numbers.assertGapless(actor);
                assertPairs(actor);
            }
        }
        cast.assertEqualRosters();

        for (Actor actor : fault.isEverybodys() ? cast.all() : List.of(victim)) {
            assertThat(ownTale(actor))
                    .as("what %s is told of itself", actor)
                    .isIn(fault.client().ways());
        }
        if (!fault.isEverybodys()) {
            for (Actor other : cast.others()) {
                assertThat(ownTale(other))
                        .as("what %s is told of itself", other)
                        .isEmpty();
                assertThat(taleOf(connection, other))
                        .as("what %s is told of the client", other)
                        .isIn(fault.others().ways());
            }
        }
        for (Actor one : cast.all()) {
            for (Actor other : cast.all()) {
                if (one != other && other != victim) {
                    assertThat(taleOf(other.connection(), one))
                            .as("what %s is told of %s", one, other)
                            .noneMatch(event -> event.contains("Destroyed") && !fault.isEverybodys());
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
                                : ""))
                .toList();
    }

    private static List<String> taleOf(String connection, Actor actor) {
        return actor.events().stream()
                .filter(event -> connection.equals(event.get("connectionId")))
                .filter(event -> !Told.text(event, "event").endsWith("Created"))
                .filter(event -> !Told.text(event, "event").startsWith("session"))
                .filter(event -> !Told.is(event, "streamPropertyChanged"))
                .map(event -> List.of("event", "reason", "detail").stream()
                        .filter(event::containsKey)
                        .map(field -> Told.text(event, field))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static String firstWord(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Every reconnecting is followed by one reconnected or the one end, and nothing else is. */
    private static void assertPairs(Actor actor) {
        String before = "sessionConnected";
        for (String event : ownTale(actor).stream().map(Scene::firstWord).toList()) {
            List<String> allowed = switch (before) {
                case "sessionReconnecting" -> List.of("sessionReconnected", "sessionDisconnected");
                case "sessionDisconnected" -> List.of("sessionConnected");
                default -> List.of("sessionReconnecting", "sessionDisconnected");
            };
            assertThat(event).as("at %s after %s", actor, before).isIn(allowed);
            before = event;
        }
    }
}
